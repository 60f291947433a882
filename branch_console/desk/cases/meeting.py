"""The feedback meeting: what is counted of which days, and what is agreed. Raises RuleError, FieldError."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from branch_console.desk.cases.core import CaseCounter, masks
from branch_console.desk.cases.ideas import day_of, known_staff, needed
from branch_console.desk.cases.words import kept
from branch_console.rules.cases.rating_entries import rating_subject
from branch_console.rules.cases.record import Item
from branch_console.rules.cases.states import CaseState, RatingState
from branch_console.rules.errors import FieldError, RuleError
from branch_console.rules.feedback.meetings import ActionState, check_agree, check_end
from branch_console.rules.feedback.pack import WEEKS, Action, Idea, Means, Pack, Rated, meeting_pack
from branch_console.rules.feedback.topics import Feedback, Period
from branch_console.rules.feedback.words import Tokenizer
from branch_console.rules.journal import parse_at
from branch_console.rules.narrative.masking import mask
from data import case_queries, meeting_lists
from data.case_queries import IdeaTab
from data.identity import new_id
from data.states import chunks

_DAYS = 7
_IDEAS = 500
"""Of so many adopted ideas, the newest, the pack and the list on the wall are made."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A pack, and the actions with their subjects."""

    pack: Pack
    actions: tuple[meeting_lists.Agreed, ...]


class Declined(NamedTuple):
    """An idea that will not be put into effect: what was said, why not, since when."""

    said: str
    why: str
    on: date


def week(counter: CaseCounter, back: int) -> Period:
    """The seven days that end today, or so many weeks before."""
    last = counter.today() - timedelta(weeks=max(back, 0))
    return Period(last - timedelta(days=_DAYS - 1), last)


def pack(counter: CaseCounter, back: int, tokenizer: Tokenizer) -> Looked:
    """Everything that a meeting looks at. Raises RuleError `case_tables_missing` without lexicon or masks."""
    counter.require("case.read")
    lexicon = counter.reference.lexicon
    if lexicon is None:
        raise RuleError("case_tables_missing")
    period = week(counter, back)
    before = period.before()
    since = period.earlier(WEEKS).first
    agreed = tuple(meeting_lists.actions(counter.store))
    found = meeting_pack(
        period,
        _said(counter, since, period.last),
        Means(lexicon, tokenizer, masks(counter).patterns),
        rated=_rated(counter, period),
        rated_before=_rated(counter, before),
        ideas=adopted(counter),
        actions=[_action(counter, each) for each in agreed if _day(counter, each.state.agreed_at) <= period.last],
    )
    return Looked(found, agreed)


def adopted(counter: CaseCounter) -> list[Idea]:
    """The ideas whose adoption stands, with what was done; masked once more."""
    return [
        Idea(
            case=state.number,
            said=_masked(counter, state.narrative),
            adopted_on=_day(counter, answer.at),
            did=_masked(counter, state.idea_done or ""),
            done_on=None if state.idea_done_at is None else _day(counter, state.idea_done_at),
            supporters=state.support,
        )
        for state, answer in _answered(counter, ("adopted", "done", "told"), "suggestion.adopted")
    ]


def declined(counter: CaseCounter) -> list[Declined]:
    """The ideas that were declined, the newest first; masked once more."""
    return [
        Declined(_masked(counter, state.narrative), _masked(counter, state.idea_answer or ""), _day(counter, answer.at))
        for state, answer in _answered(counter, ("declined", "told"), "suggestion.declined")
    ]


def _answered(counter: CaseCounter, tabs: tuple[IdeaTab, ...], kind: str) -> Iterator[tuple[CaseState, Item]]:
    """The suggestions of these tabs whose standing answer is of that type, with the answer."""
    for tab in tabs:
        for line in case_queries.ideas(counter.store, tab, 0, _IDEAS):
            state = case_queries.case_state(counter.store, line.subject)
            if state is None or not state.narrative:  # nothing is left of it: its time has come
                continue
            answer = next((each for each in state.timeline if each.entry == state.setters.get("answer")), None)
            if answer is not None and answer.type == kind:
                yield state, answer


def _masked(counter: CaseCounter, text: str) -> str:
    return mask(text, masks(counter).patterns).text


def agree(counter: CaseCounter, what: str, owner: str, due: str) -> str:
    """The meeting agrees on an action; returns its subject."""
    said = needed(counter, what, "what", "text_missing")
    until = day_of(counter, due, "due")
    if until is None:
        raise FieldError("due", "due_missing")
    check_agree(counter.desk.role, counter.today(), until, said)
    subject = f"meeting/{new_id(int(counter.now().timestamp() * 1000))}"
    data = {"what": said, "owner": known_staff(counter, owner), "due": until.isoformat()}
    with counter.desk.act() as act:
        act.append("meeting.action_agreed", subject, dict(data))
    return subject


def end(counter: CaseCounter, subject: str, outcome: str, note: str) -> None:
    """An action is done, or dropped."""
    if outcome not in {"done", "dropped"}:
        raise FieldError("outcome", "choice_unknown")
    said = kept(counter, note, 500)
    with counter.desk.act() as act:
        state = act.state(subject)
        check_end(counter.desk.role, counter.desk.staff, state if isinstance(state, ActionState) else None, said)
        act.append("meeting.action_done", subject, {"outcome": outcome, "note": said})


def _said(counter: CaseCounter, since: date, until: date) -> list[Feedback]:
    """What customers said: narratives of cases, and the lines beside ratings.

    A report of wrongdoing is no feedback: it goes to who may deal with it, and is read out in no meeting.
    """
    store = counter.store
    told = case_queries.told_texts(store, since, until)
    said = [Feedback(subject, date.fromisoformat(day), text) for subject, kind, day, text in told if kind != "report"]
    subjects = {rating_subject(each.about): each.day for each in case_queries.ratings(store, since, until)}
    for some in chunks(list(subjects)):
        for subject, state in store.states(some).items():
            word = state.counted if isinstance(state, RatingState) else None
            if word is not None and word.text:
                said.append(Feedback(subject, date.fromisoformat(subjects[subject]), word.text))
    return said


def _rated(counter: CaseCounter, period: Period) -> Rated:
    """Asked could be everybody whose journey or case came to its end; who was not asked, or refused, gave no answer."""
    store, days = counter.store, (period.first, period.last)
    asked = case_queries.journeys_ended(store, *days) + case_queries.cases_closed(store, *days)
    return Rated([each.score for each in case_queries.ratings(store, *days)], asked)


def _action(counter: CaseCounter, agreed: meeting_lists.Agreed) -> Action:
    state = agreed.state
    done_on = None if state.ended_at is None else _day(counter, state.ended_at)
    return Action(agreed.subject, state.what, state.owner, date.fromisoformat(state.due), done_on)


def _day(counter: CaseCounter, at: str) -> date:
    return parse_at(at).astimezone(counter.store.identity.zone).date()
