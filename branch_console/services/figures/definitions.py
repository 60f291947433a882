"""The definition of a figure in the words of the session: what docs/figures.md says, on the screen and in files."""

import re
from collections.abc import Mapping
from functools import cache

from branch_console.locale import t
from branch_console.rules.statistics.definition import Meaning
from branch_console.rules.statistics.figures import meanings

Lines = tuple[tuple[str, str], ...]
_NONE = "–"
_NO_LETTER = re.compile(r"[^a-z0-9]+")


@cache
def _meanings() -> Mapping[str, Meaning]:
    return meanings()


def label(figure: str) -> str:
    """What a figure is called."""
    return t(f"figure.{figure}")


def definition(figure: str) -> Lines:
    """Label and text of each part of its definition. Empty for what is no figure."""
    meaning = _meanings().get(figure)
    if meaning is None:
        return ()
    said = [
        (t("figures.definition.numerator"), _text(meaning.numerator)),
        (t("figures.definition.denominator"), _text(meaning.denominator)),
        (t("figures.definition.day"), _text(meaning.day)),
        (t("figures.definition.basis"), t(f"figures.basis.{meaning.basis}")),
        (t("figures.definition.excluded"), _text(meaning.excluded)),
        (t("figures.definition.sources"), ", ".join(meaning.sources)),
    ]
    return tuple((name, text) for name, text in said if text)


def phrase_id(phrase: str) -> str:
    """The msgid of one phrase of a definition: the English of the rules, made a name."""
    return f"meaning.{_NO_LETTER.sub('_', phrase.lower()).strip('_')}"


def _text(text: str) -> str:
    """Several phrases stand with a semicolon between them; "–" says that there is nothing to divide by."""
    return "" if text == _NONE else t("figures.definition.and").join(t(phrase_id(each)) for each in text.split("; "))
