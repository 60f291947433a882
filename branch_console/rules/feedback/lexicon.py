"""The lexicon of topics: words by which a text belongs to a topic, as data, in both languages, with a version.

Words are counted because they can be explained: everybody in the meeting can see why a text stands under a topic, and
a supervisor can add a word. What fits no topic is shown as such and never forced into one.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated

from pydantic import StringConstraints

from branch_console.rules.documents import Document, Id, Many, Sourced, Words

ChineseWord = Annotated[str, StringConstraints(min_length=1, max_length=24)]
EnglishWord = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9' -]{0,47}\*?$")]


class Topic(Sourced):
    """One topic. Chinese words are found anywhere, English ones as whole words; `*` at the end allows any ending.

    `unless` are Chinese words in which a word of the topic says something else (投诉 in 投诉电话).
    """

    id: Id
    label: Words
    zh: Many[ChineseWord]
    en: Many[EnglishWord]
    unless: Many[ChineseWord]


class Lexicon(Document):
    """All topics. `stop_zh` and `stop_en` say nothing of a text; `terms` are words that must not be taken apart."""

    title: Words
    topics: list[Topic]
    terms: Many[ChineseWord]
    stop_zh: Many[ChineseWord]
    stop_en: Many[EnglishWord]

    def problems(self) -> list[tuple[tuple[str | int, ...], str]]:
        """Topics that stand twice or that no word leads to; a word twice in one topic; wide or capital letters."""
        found: list[tuple[tuple[str | int, ...], str]] = []
        ids = [each.id for each in self.topics]
        for number, topic in enumerate(self.topics):
            if topic.id in ids[:number]:
                found.append((("topics", number, "id"), f"{topic.id!r} stands twice"))
            for key, words in (("zh", topic.zh), ("en", topic.en)):
                if not words:
                    found.append((("topics", number, key), "a topic has words in both languages"))
                for place, word in enumerate(words):
                    if word in words[:place]:
                        found.append((("topics", number, key, place), f"{word!r} stands twice"))
                    if word != folded(word):
                        found.append((("topics", number, key, place), f"{word!r} is not narrow and lower-case"))
        return found

    def label(self, topic: str) -> Words | None:
        """The words for a topic, None for one that this version does not have."""
        return next((each.label for each in self.topics if each.id == topic), None)

    def topics_of(self, text: str) -> tuple[str, ...]:
        """The ids of the topics of a text, in the order of the lexicon; several may fit, and none."""
        wanted = folded(text)
        return tuple(
            each.id for each in self.topics if _pattern(tuple(each.zh), tuple(each.en), tuple(each.unless))(wanted)
        )

    def with_words(self, added: Mapping[str, list[str]]) -> "Lexicon":
        """The lexicon with words that supervisors added, by topic. Topics that it does not have are left out."""
        topics = [_grown(each, added.get(each.id, [])) for each in self.topics]
        return self.model_copy(update={"topics": topics})


def folded(text: str) -> str:
    """Narrow and in small letters, as words are compared."""
    return unicodedata.normalize("NFKC", text).casefold()


class _Finder:
    """Whether a folded text holds a word of a topic."""

    def __init__(self, zh: tuple[str, ...], en: tuple[str, ...], unless: tuple[str, ...]) -> None:
        english = [re.escape(each.rstrip("*")) + ("" if each.endswith("*") else r"(?![a-z0-9])") for each in en]
        words = [*(re.escape(each) for each in zh), *(rf"(?<![a-z0-9]){each}" for each in english)]
        self._words = re.compile("|".join(words) if words else r"(?!)")
        self._unless = re.compile("|".join(re.escape(each) for each in unless) if unless else r"(?!)")

    def __call__(self, text: str) -> bool:
        return self._words.search(self._unless.sub("\n", text)) is not None


@lru_cache(maxsize=512)
def _pattern(zh: tuple[str, ...], en: tuple[str, ...], unless: tuple[str, ...]) -> _Finder:
    return _Finder(zh, en, unless)


def _grown(topic: Topic, words: list[str]) -> Topic:
    """Words with a Latin letter first are English. Words that are there already stay once."""
    new = [folded(each).strip() for each in words]
    english = [each for each in new if each[:1].isascii()]
    chinese = [each for each in new if each and not each[:1].isascii()]
    return topic.model_copy(
        update={"zh": list(dict.fromkeys([*topic.zh, *chinese])), "en": list(dict.fromkeys([*topic.en, *english]))}
    )
