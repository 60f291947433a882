"""Feedback under topics: how many texts each topic has, how that changed, and how many texts no topic explains."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from branch_console.rules.feedback.lexicon import Lexicon


@dataclass(frozen=True)
class Feedback:
    """One thing that somebody said: a case's narrative, a suggestion, the line beside a rating. `text` is masked.

    `topics` are those that the person who wrote it down chose.
    """

    id: str
    day: date
    text: str
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class Period:
    """Business dates from the first to the last, both counted."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        """Whether a day is in it."""
        return self.first <= day <= self.last

    def before(self) -> "Period":
        """The period of the same length that ends the day before this one begins."""
        length = self.last - self.first
        last = self.first - timedelta(days=1)
        return Period(last - length, last)

    def earlier(self, weeks: int) -> "Period":
        """The whole weeks before this one begins."""
        return Period(self.first - timedelta(weeks=weeks), self.first - timedelta(days=1))


class TopicCount(NamedTuple):
    """A topic's texts in this period and in the one before."""

    topic: str
    now: int
    before: int

    @property
    def change(self) -> int:
        """Above 0: more than before."""
        return self.now - self.before


@dataclass(frozen=True)
class Coverage:
    """How many texts the lexicon explains. `several` stand under more than one topic, so topics sum up to more."""

    texts: int
    covered: int
    several: int

    @property
    def uncovered(self) -> int:
        """The texts under no topic."""
        return self.texts - self.covered

    @property
    def uncovered_share(self) -> float | None:
        """Their share of all texts, None without texts."""
        return self.uncovered / self.texts if self.texts else None


class Sorted(NamedTuple):
    """Texts by topic: `members` of each topic, most texts first, and what is under none."""

    counts: tuple[TopicCount, ...]
    members: dict[str, list[Feedback]]
    uncovered: list[Feedback]
    coverage: Coverage


def topics_of(one: Feedback, lexicon: Lexicon) -> tuple[str, ...]:
    """The chosen topics that the lexicon has, and those whose words stand in the text."""
    known = [each for each in one.topics if lexicon.label(each) is not None]
    return tuple(dict.fromkeys([*known, *lexicon.topics_of(one.text)]))


def by_topic(feedback: Iterable[Feedback], period: Period, lexicon: Lexicon) -> Sorted:
    """The texts of a period by topic, beside the counts of the period before it. Empty texts are no texts.

    A topic stands here when it has texts in either: one that went to nothing is news too.
    """
    now, before = _within(feedback, period)
    members: dict[str, list[Feedback]] = {}
    uncovered: list[Feedback] = []
    several = 0
    for each in now:
        topics = topics_of(each, lexicon)
        several += len(topics) > 1
        for topic in topics:
            members.setdefault(topic, []).append(each)
        if not topics:
            uncovered.append(each)
    earlier = Counter(topic for each in before for topic in topics_of(each, lexicon))
    order = {each.id: place for place, each in enumerate(lexicon.topics)}
    counts = [TopicCount(topic, len(members.get(topic, [])), earlier[topic]) for topic in {*members, *earlier}]
    counts.sort(key=lambda each: (-each.now, -each.before, order[each.topic]))
    return Sorted(tuple(counts), members, uncovered, Coverage(len(now), len(now) - len(uncovered), several))


def _within(feedback: Iterable[Feedback], period: Period) -> tuple[Sequence[Feedback], Sequence[Feedback]]:
    """What was said in the period and in the one before, in order of day and id."""
    said = sorted((each for each in feedback if each.text.strip()), key=lambda each: (each.day, each.id))
    earlier = period.before()
    return [each for each in said if each.day in period], [each for each in said if each.day in earlier]
