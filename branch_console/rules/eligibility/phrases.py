"""Words without a language: a msgid and what fills its placeholders. The words themselves are in the catalogues.

Names: `Phrase(msgid, params)`, `Named(kind, code)`, `phrase(msgid, **params)`, `render(phrase, words, names)`,
`yuan(fen)`, `unit(name, n)`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias


class Named(NamedTuple):
    """Something that reference data may have words for. Kinds: sku, segment, merchant, purpose, attr value."""

    kind: str
    code: str


class Phrase(NamedTuple):
    """A msgid with parameters: text, whole numbers, phrases, names, and lists of them."""

    msgid: str
    params: Mapping[str, Any]


Words: TypeAlias = Callable[..., str]
"""`words(msgid, **params)` gives the sentence in the language of the moment."""
Names: TypeAlias = Callable[[str, str], str]
"""`names(kind, code)` gives what reference data calls it, or the code itself."""


def phrase(msgid: str, **params: Any) -> Phrase:
    """A phrase."""
    return Phrase(msgid, params)


def render(said: Phrase, words: Words, names: Names | None = None) -> str:
    """The sentence. Lists are joined by the words of `gift.join`."""
    return words(said.msgid, **{key: _shown(value, words, names) for key, value in said.params.items()})


def _shown(value: Any, words: Words, names: Names | None) -> str | int:
    if isinstance(value, Phrase):
        return render(value, words, names)
    if isinstance(value, Named):
        return value.code if names is None else names(value.kind, value.code)
    if isinstance(value, str | int):
        return value
    parts: Sequence[Any] = value
    return words("gift.join").join(str(_shown(each, words, names)) for each in parts)


def yuan(fen: int) -> str:
    """An amount in yuan with two decimals: 1,234.50."""
    whole, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole:,}.{rest:02d}"


def unit(name: str, n: int) -> Phrase:
    """So many of a unit of `Node.unit`; of fen the amount in yuan."""
    return phrase("gift.unit.fen", amount=yuan(n)) if name == "fen" else phrase(f"gift.unit.{name}", n=n)
