"""Everything around a journey that its view needs, read from the store once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from branch_console.desk import look_up
from branch_console.desk.desk import Desk
from branch_console.rules.journey_state import JourneyState
from branch_console.rules.reference import Reference
from branch_console.rules.staff import Role
from branch_console.services.lines import Names, journey_lines
from branch_console.views import JourneyLine
from data import queries


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything around a journey that its view needs."""

    reference: Reference
    staff: str
    role: Role
    terminal: str
    today: date
    names: Mapping[str, str]
    """Staff id → name, of the branch."""
    terminals: Mapping[str, str]
    """Terminal id → name, of the branch."""
    drafts: Mapping[str, str]
    others: tuple[JourneyLine, ...]
    hints: Mapping[str, tuple[str, ...]]
    """Doubts about answers that have just been saved, by field."""


def scene_of(desk: Desk, subject: str, state: JourneyState, hints: Mapping[str, tuple[str, ...]]) -> Scene:
    """What is around a journey now, for the person at the desk."""
    names = Names.of(desk.store)
    others = look_up.others(desk, subject, state)
    return Scene(
        reference=desk.store.reference,
        staff=desk.staff,
        role=desk.role,
        terminal=desk.store.identity.terminal,
        today=desk.today(),
        names=names.staff,
        terminals=names.terminals,
        drafts=queries.drafts(desk.store, subject),
        others=tuple(journey_lines(others, desk.store, desk.staff, desk.now())),
        hints=hints,
    )
