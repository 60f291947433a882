"""The invented cases of the demo and their course, read from cases.toml."""

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from branch_console.rules.staff import Role

Answer = str | list[str]


class _Invented(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DemoForm(_Invented):
    """What was typed when the case was taken down; fields of `rules.cases.form.CaseForm`."""

    kind: str
    category: str
    told: str
    want: str = ""
    contact: str = ""
    amount: str = ""
    reference: str = ""
    counterparty: str = ""
    source: str = "counter"
    regulator_reference: str = ""
    vulnerable: bool = False
    who: str = ""


class DemoStep(_Invented):
    """One act, so many working minutes after the one before."""

    after: int
    by: Role
    act: str
    about: str = ""
    answers: dict[str, Answer] = {}


class DemoCase(_Invented):
    """A case: `days` working days ago at the time `at`, or `ago` minutes before now. `customer`: name and phone."""

    name: str
    days: int = 0
    at: str = ""
    ago: int = 0
    customer: tuple[str, str] | None = None
    form: DemoForm
    steps: list[DemoStep] = []


class DemoRating(_Invented):
    """What a customer of the day said at the end."""

    score: int
    reasons: list[str]
    text: str


class DemoScripts(_Invented):
    """All of cases.toml."""

    cases: list[DemoCase]
    ratings: list[DemoRating]


def load_scripts() -> DemoScripts:
    """Read cases.toml."""
    text = Path(__file__).with_name("cases.toml").read_text(encoding="utf-8")
    return DemoScripts.model_validate(tomllib.loads(text))
