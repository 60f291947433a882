"""The pack of a feedback meeting as paragraphs, in the language of the session: what the screen, the text and the PDF
have in common. Every figure says what it rests on; of few answers there are counts only; there is no score of moods.
"""

from collections.abc import Iterator

from branch_console.case_views.feedback import Block, Style
from branch_console.locale import language, t
from branch_console.rules.documents import Words
from branch_console.rules.feedback.intervals import ENOUGH, Satisfaction
from branch_console.rules.feedback.lexicon import Lexicon
from branch_console.rules.feedback.pack import ActionLine, Idea, NewLine, Pack, TopicLine
from branch_console.rules.feedback.quotes import Quote


class PackWords:
    """One pack in words. `staff`: names by staff number."""

    def __init__(self, pack: Pack, lexicon: Lexicon, staff: dict[str, str]) -> None:
        self._pack = pack
        self._lexicon = lexicon
        self._staff = staff

    def title(self) -> str:
        """Which days it is about."""
        return t("feedback.pack.title", first=str(self._pack.period.first), last=str(self._pack.period.last))

    def blocks(self) -> Iterator[Block]:
        """All paragraphs but the title."""
        yield from self._basis()
        yield from self._topics()
        yield from self._new()
        yield from self._rated()
        yield from self._ideas()
        yield from self._actions()

    def _basis(self) -> Iterator[Block]:
        coverage = self._pack.coverage
        said = t("feedback.pack.basis", n=coverage.texts, covered=coverage.covered, several=coverage.several)
        yield Block("text", said)
        part = coverage.uncovered_share
        if coverage.uncovered and part is not None:
            words = t("feedback.pack.uncovered", n=coverage.uncovered, share=percent(part))
            yield Block("warning" if part > 1 / 2 else "text", words)
        yield Block("quiet", t("feedback.pack.lexicon", version=self._pack.lexicon_version))

    def _topics(self) -> Iterator[Block]:
        pack = self._pack
        yield Block("heading", t("feedback.pack.topics"))
        if not pack.topics:
            yield Block("quiet", t("feedback.pack.nothing"))
        for number, each in enumerate(pack.topics, start=1):
            yield Block("text", f"{number}. {self._counted(each)}")
            yield from _quoted(each.quotes)
        if pack.more_topics:
            more = (
                t("feedback.pack.topic", label=self._label(each.topic), now=each.now, change=signed(each.change))
                for each in pack.more_topics
            )
            yield Block("quiet", t("feedback.pack.more", topics=t("feedback.join").join(more)))
        if pack.uncovered:
            yield Block("text", t("feedback.pack.read_these"))
            yield from _quoted(pack.uncovered)

    def _counted(self, line: TopicLine) -> str:
        counted = line.counted
        label = line.label.get(language())
        return t("feedback.pack.topic", label=label, now=counted.now, change=signed(counted.change))

    def _label(self, topic: str) -> str:
        words: Words | None = self._lexicon.label(topic)
        return topic if words is None else words.get(language())

    def _new(self) -> Iterator[Block]:
        pack = self._pack
        yield Block("heading", t("feedback.pack.new"))
        yield Block("quiet", t("feedback.pack.compared", n=pack.compared))
        if not pack.new:
            yield Block("quiet", t("feedback.pack.nothing_new" if pack.compared else "feedback.pack.no_before"))
        for each in pack.new:
            yield Block("text", _new_word(each))
            yield from _quoted(each.quotes)

    def _rated(self) -> Iterator[Block]:
        yield Block("heading", t("feedback.pack.csat"))
        yield Block("text", t("feedback.pack.this_week", said=rated_words(self._pack.rated)))
        yield Block("quiet", t("feedback.pack.week_before", said=rated_words(self._pack.rated_before)))
        yield Block("quiet", t("feedback.pack.csat_how", enough=ENOUGH))

    def _ideas(self) -> Iterator[Block]:
        pack = self._pack
        yield Block("heading", t("feedback.pack.ideas"))
        if not pack.you_said_we_did and not pack.ideas_under_way:
            yield Block("quiet", t("feedback.pack.no_ideas"))
        for idea in pack.you_said_we_did:
            yield from did(idea)
        for idea in pack.ideas_under_way:
            yield Block("text", t("feedback.pack.under_way", said=idea.said, day=str(idea.adopted_on)))

    def _actions(self) -> Iterator[Block]:
        yield Block("heading", t("feedback.pack.actions"))
        if not self._pack.actions:
            yield Block("quiet", t("feedback.pack.no_actions"))
        for each in self._pack.actions:
            style: Style = "warning" if each.status == "overdue" else "quiet" if each.status == "done" else "text"
            yield Block(style, self._action(each))

    def _action(self, line: ActionLine) -> str:
        action = line.action
        return t(
            "feedback.pack.action",
            status=t(f"feedback.action.{line.status}"),
            what=action.what,
            owner=self._staff.get(action.owner, action.owner),
            due=str(action.due or ""),
        )


def did(idea: Idea) -> Iterator[Block]:
    """What was said, and what was done."""
    yield Block("text", t("feedback.you_said", said=idea.said))
    support = t("feedback.with_support", n=idea.supporters) if idea.supporters else ""
    yield Block("quote", t("feedback.we_did", did=idea.did, day=str(idea.done_on or ""), support=support).strip())


def rated_words(rated: Satisfaction) -> str:
    """Ratings in words: with n, the response rate and the interval, or as counts where a share would say too much."""
    counts = t("feedback.join_short").join(
        t("feedback.score.count", score=score, n=rated.counts[score]) for score in range(5, 0, -1)
    )
    answered = t("feedback.pack.answered", n=rated.n, asked=rated.asked)
    if rated.response_rate is not None:
        answered += t("feedback.pack.rate", rate=percent(rated.response_rate))
    if rated.satisfied_share is None:
        return t("feedback.join").join((answered, counts)) if rated.n else answered
    share = rated.satisfied_share
    said = t(
        "feedback.pack.satisfied",
        share=percent(share.share),
        low=percent(share.low),
        high=percent(share.high),
        n=rated.n,
    )
    return t("feedback.join").join((said, answered, counts))


def percent(share: float) -> str:
    """A share in whole percent."""
    return f"{100 * share:.0f}%"


def signed(change: int) -> str:
    """A change with its sign."""
    return f"{change:+d}" if change else "0"


def _new_word(line: NewLine) -> str:
    word = line.word
    return t("feedback.pack.word", word=word.word, now=word.now, before=word.before, z=f"{word.z:.1f}")


def _quoted(quotes: tuple[Quote, ...]) -> Iterator[Block]:
    for each in quotes:
        yield Block("quote", t("feedback.quote", text=each.text))
