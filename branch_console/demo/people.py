"""The invented branches, staff and customers of the demo, read from demo.toml."""

import tomllib
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict

from branch_console.rules.journey_entries import Target
from branch_console.rules.staff import Role

ZONE: Final = "Asia/Shanghai"
"""Of all branches."""


class _Invented(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DemoStaff(_Invented):
    """A member of staff who does not exist."""

    id: str
    name: str
    role: Role
    area: list[str] = []
    """The other branches whose figures this supervisor sees."""


class DemoPast(_Invented):
    """What a branch did before the demo is watched: so many weeks, from `first` to `last` customers a working day.

    `terminals`: two more that do not exist; the second one has gone dark. `complaints` on a usual day, on average;
    `unusual`: one day has many more. It goes on until now, with the share `today` of a usual day.
    """

    weeks: int
    first: float
    last: float
    terminals: list[str]
    complaints: float
    today: float
    unusual: bool = False


class DemoBranch(_Invented):
    """A branch that does not exist; the demo enrols its terminals by these names."""

    code: str
    name: str
    terminals: list[str]
    staff: list[DemoStaff]
    past: DemoPast


class DemoCustomer(_Invented):
    """A customer of the invented day, and how the visit ends: finished, abandoned or paused (at a step)."""

    name: str
    phone: str
    target: Target
    segment: str
    end: str
    abandon_at: str = ""
    pause_at: str = ""


class DemoPeople(_Invented):
    """All of demo.toml. `password` is that of every demo account."""

    password: str
    branches: list[DemoBranch]
    customers: list[DemoCustomer]


def load_people() -> DemoPeople:
    """Read demo.toml."""
    text = Path(__file__).with_name("demo.toml").read_text(encoding="utf-8")
    return DemoPeople.model_validate(tomllib.loads(text))
