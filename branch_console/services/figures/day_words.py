"""Whether a day's figures can still move: running, provisional, complete, frozen; and what was restated since."""

from datetime import date
from typing import Final

from branch_console.figure_views.board import RestatementView, StateView
from branch_console.locale import known, t
from branch_console.rules.canonical import Json
from branch_console.rules.statistics.day_state import frozen_of, restatements_of
from branch_console.rules.statistics.freezing import intact
from branch_console.rules.statistics.restating import Restatement
from branch_console.services.figures.definitions import label
from branch_console.services.figures.formats import shown, unit_of
from branch_console.services.figures.question import Question
from branch_console.services.gifts.words import moment
from data.statistics import days as kept_days

HASH_SHOWN: Final = 12


def state_view(ask: Question) -> StateView:
    """How the day stands. Frozen is what central's entry says; else central's last word; else what must be so."""
    state = kept_days.day_state(ask.source, ask.day)
    frozen = None if state is None else frozen_of(state)
    if state is None or frozen is None:
        return _open(central_state(ask, ask.day))
    said = t("figures.state.frozen", at=moment(frozen.at, ask.source.identity.zone, ask.now))
    if frozen.why == "timed_out":
        missing = t("common.list_separator").join(
            ask.labels.terminal(each.partition("/")[2]) for each in frozen.missing
        )
        said = t("figures.joined", first=said, second=t("figures.state.missing", terminals=missing))
    return StateView(
        code="frozen",
        label=said,
        hash=frozen.hash[:HASH_SHOWN],
        sound=intact(frozen) and not any(each.code == "digest_differs" for each in state.marks),
        restatements=tuple(_restated(ask, each) for each in restatements_of(state)),
    )


def central_state(ask: Question, day: date) -> str:
    """How far a day that is not frozen has come."""
    if day >= ask.today:
        return "running"
    said = ask.central.day_state(day)
    return "provisional" if said in {None, "running", "frozen"} else str(said)


def _open(code: str) -> StateView:
    return StateView(code=code, label=t(f"figures.state.{code}"), hash="", sound=True, restatements=())


def _restated(ask: Question, each: Restatement) -> RestatementView:
    """One figure that is another now, and which terminals were late."""
    late = [
        t("figures.restated.late", n=count, terminal=ask.labels.terminal(terminal.partition("/")[2] or terminal))
        for terminal, count in each.late
    ]
    why = t("figures.definition.and").join(late) if late else t(f"figures.restated.{each.why}")
    text = t(
        "figures.restated",
        day=each.day.strftime("%m-%d"),
        figure=label(each.figure) if known(f"figure.{each.figure}") else each.figure,
        was=_value(each.figure, each.was),
        now=_value(each.figure, each.now),
        why=why,
    )
    return RestatementView(each.figure, text)


def _value(figure: str, said: Json) -> str:
    """A figure as it was frozen, in its unit."""
    value = said.get("value") if isinstance(said, dict) else None
    return shown(float(value) if isinstance(value, int | float | str) else None, unit_of(figure))


def as_of_words(ask: Question) -> str:
    """Of which moment the numbers are."""
    return t("figures.as_of", at=ask.now.astimezone(ask.source.identity.zone).strftime("%m-%d %H:%M"))
