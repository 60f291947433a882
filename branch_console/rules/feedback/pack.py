"""The pack of a feedback meeting, as values: what was said, what is new, how satisfied, what was promised and done.

It says what it rests on: how many texts, how many of them no topic explains, how many of those asked have answered, and
with which version of the lexicon it was counted. There is no score of moods: what people rated and said is here as is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from branch_console.rules.documents import Words
from branch_console.rules.feedback.intervals import Satisfaction, satisfaction
from branch_console.rules.feedback.lexicon import Lexicon
from branch_console.rules.feedback.log_odds import NewWord, new_words
from branch_console.rules.feedback.quotes import Quote, quotes
from branch_console.rules.feedback.topics import Coverage, Feedback, Period, TopicCount, by_topic
from branch_console.rules.feedback.words import Tokenizer, words_of
from branch_console.rules.narrative.finding import Patterns
from branch_console.rules.narrative.masking import mask

TOPICS = 8
WEEKS = 8
"""How far back “before” goes when it is asked what is new."""
NEW = 10
UNCOVERED = 5
"""Texts under no topic that are shown, so that somebody reads them and adds words."""


class Rated(NamedTuple):
    """The ratings of a period: scores, one for each case or journey, and how many were asked."""

    scores: Sequence[int] = ()
    asked: int = 0


NOBODY_ASKED = Rated()


@dataclass(frozen=True)
class Action:
    """Something that a meeting decided: who does it, until when."""

    id: str
    what: str
    owner: str
    due: date | None
    done_on: date | None = None


@dataclass(frozen=True)
class Idea:
    """An adopted suggestion: what was said, what was done. `supporters` are those who want the same."""

    case: str
    said: str
    adopted_on: date
    did: str = ""
    done_on: date | None = None
    supporters: int = 0


class TopicLine(NamedTuple):
    """A topic in the pack."""

    label: Words
    counted: TopicCount
    quotes: tuple[Quote, ...]


class NewLine(NamedTuple):
    """A word that stands out, with texts that have it."""

    word: NewWord
    quotes: tuple[Quote, ...]


class ActionLine(NamedTuple):
    """An action and how it stands on the last day of the period: done, open or overdue."""

    action: Action
    status: str


@dataclass(frozen=True)
class Pack:
    """Everything that a feedback meeting looks at. `compared` are the texts of the weeks before."""

    period: Period
    lexicon_version: int
    coverage: Coverage
    topics: tuple[TopicLine, ...]
    more_topics: tuple[TopicCount, ...]
    uncovered: tuple[Quote, ...]
    compared: int
    new: tuple[NewLine, ...]
    rated: Satisfaction
    rated_before: Satisfaction
    you_said_we_did: tuple[Idea, ...]
    ideas_under_way: tuple[Idea, ...]
    actions: tuple[ActionLine, ...]


@dataclass(frozen=True)
class Means:
    """What a pack is worked out with."""

    lexicon: Lexicon
    tokenizer: Tokenizer
    patterns: Patterns


def meeting_pack(
    period: Period,
    feedback: Sequence[Feedback],
    means: Means,
    *,
    rated: Rated = NOBODY_ASKED,
    rated_before: Rated = NOBODY_ASKED,
    ideas: Sequence[Idea] = (),
    actions: Sequence[Action] = (),
) -> Pack:
    """The pack of a period. `feedback` reaches back `WEEKS` weeks before it (and at least its own length)."""
    found = by_topic(feedback, period, means.lexicon)
    lines = [_line(each, found.members.get(each.topic, []), means) for each in found.counts[:TOPICS]]
    new, compared = _new(period, feedback, means)
    adopted = sorted((each for each in ideas if each.adopted_on <= period.last), key=lambda each: each.adopted_on)
    masked = [_masked(each, means.patterns) for each in adopted]
    return Pack(
        period=period,
        lexicon_version=means.lexicon.version,
        coverage=found.coverage,
        topics=tuple(lines),
        more_topics=found.counts[TOPICS:],
        uncovered=quotes(found.uncovered, means.patterns, UNCOVERED),
        compared=compared,
        new=new,
        rated=satisfaction(rated.scores, rated.asked),
        rated_before=satisfaction(rated_before.scores, rated_before.asked),
        you_said_we_did=tuple(each for each in masked if each.done_on is not None and each.done_on in period),
        ideas_under_way=tuple(each for each in masked if not _done(each.done_on, period.last)),
        actions=_actions(actions, period),
    )


def _line(count: TopicCount, members: Sequence[Feedback], means: Means) -> TopicLine:
    label = means.lexicon.label(count.topic) or Words(zh=count.topic, en=count.topic)
    return TopicLine(label, count, quotes(members, means.patterns))


def _new(period: Period, feedback: Sequence[Feedback], means: Means) -> tuple[tuple[NewLine, ...], int]:
    """Words that stand out, one for each set of texts: the parts of one phrase would fill the list."""
    earlier = period.earlier(WEEKS)
    said = [each for each in feedback if each.text.strip() and (each.day in period or each.day in earlier)]
    words = {each.id: words_of(each.text, means.tokenizer, means.lexicon) for each in said}
    now = [each for each in said if each.day in period]
    before = [each for each in said if each.day in earlier]
    found = new_words([words[each.id] for each in now], [words[each.id] for each in before], most=4 * NEW)
    lines: dict[tuple[str, ...], NewLine] = {}
    for each in found:
        texts = [one for one in now if each.word in words[one.id]]
        lines.setdefault(tuple(one.id for one in texts), NewLine(each, quotes(texts, means.patterns)))
    return tuple(lines.values())[:NEW], len(before)


def _masked(idea: Idea, patterns: Patterns) -> Idea:
    said, did = (mask(text, patterns).text for text in (idea.said, idea.did))
    return Idea(idea.case, said, idea.adopted_on, did, idea.done_on, idea.supporters)


def _actions(actions: Sequence[Action], period: Period) -> tuple[ActionLine, ...]:
    """Overdue first, then open by due date, then what was done in the period; what was done before it is left out."""
    lines = [ActionLine(each, _status(each, period)) for each in actions]
    lines = [each for each in lines if each.status != "done" or (each.action.done_on or period.last) >= period.first]
    order = ("overdue", "open", "done")
    return tuple(
        sorted(lines, key=lambda each: (order.index(each.status), each.action.due or date.max, each.action.id))
    )


def _status(action: Action, period: Period) -> str:
    if _done(action.done_on, period.last):
        return "done"
    return "overdue" if action.due is not None and action.due <= period.last else "open"


def _done(done_on: date | None, on: date) -> bool:
    return done_on is not None and done_on <= on
