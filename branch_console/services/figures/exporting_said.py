"""What every file of figures says besides its numbers: as of when, in which state, what is counted, made by whom.

Names: `Said`, `standing`, `state_words`, `definitions_sheet`, `about_sheet`, `origin`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from branch_console.figure_views.board import BoardView, StateView
from branch_console.locale import t
from branch_console.services.exports.sheet import Col, Sheet

Definitions = Mapping[str, tuple[str, tuple[tuple[str, str], ...]]]
"""Of each figure in a file: its name, and the lines of its definition (what: text)."""


@dataclass(frozen=True, slots=True)
class Said:
    """What every file says besides its figures. `as_of` is the moment of the export, aware; `by`: by whom, and up to
    which entry the journal was verified.
    """

    branch: str
    as_of: datetime
    by: tuple[str, ...]
    demo: bool
    definitions: Definitions


def standing(view: BoardView) -> tuple[str, ...]:
    """As of when, in which state, how complete: the lines below every table."""
    lines = [view.as_of, state_words(view.state), view.completeness]
    if view.counting is not None:
        lines.append(t("export.counting", share=int(100 * view.counting)))
    return tuple(each for each in lines if each)


def state_words(state: StateView) -> str:
    """Whether the day's figures can still move; of a frozen day its hash, and whether that still holds."""
    words = t("export.state", state=state.label)
    if state.hash:
        words = t("export.state_hash", state=state.label, hash=state.hash)
    return words if state.sound else f"{words} {t('export.unsound')}"


def definitions_sheet(definitions: Definitions) -> Sheet:
    """Every figure of the file with what it counts, of what, on which day, by which basis, and what is not in it."""
    columns = tuple(Col(t(f"export.column.{each}")) for each in ("figure", "id", "what", "definition"))
    rows = tuple((label, figure, what, text) for figure, (label, lines) in definitions.items() for what, text in lines)
    return Sheet(t("export.definitions"), columns, rows)


def about_sheet(view: BoardView, said: Said) -> Sheet:
    """What the file is: day, state, restatements, completeness, how many series were judged, notes, by whom."""
    rows = [
        (t("export.about.title"), view.title),
        (t("export.about.day"), view.day.isoformat()),
        *((t("export.about.standing"), each) for each in standing(view)),
        *((t("export.about.restated"), each.text) for each in view.state.restatements),
        *([(t("export.about.checked"), view.checked)] if view.checked else []),
        *((t("export.about.note"), each) for each in view.notes),
        *origin(said),
    ]
    return Sheet(t("export.about"), pair(), tuple(rows))


def origin(said: Said) -> list[tuple[str, str]]:
    """Where the file comes from."""
    rows = [(t("export.about.branch"), said.branch), *((t("export.about.origin"), each) for each in said.by)]
    return [*rows, (t("export.about.note"), t("export.demo"))] if said.demo else rows


def pair() -> tuple[Col, Col]:
    """What, and its text."""
    return Col(t("export.column.what")), Col(t("export.column.text"))
