"""Commands of the palette, and how typed text finds them: by Chinese, English and pinyin initials. No widgets."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import islice, product

from branch_console.locale import in_language, t

MOST_READINGS = 32
"""More readings of one command than this are left out."""

ALSO = {"key.deduction": "key.deduction.also"}
"""What a command is called besides, by its name: the words that somebody in a hurry types first."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something to do. `msgid` names it, `node` is the place in the caller's list of whom `action` belongs to."""

    msgid: str
    action: str
    key: str = ""
    enabled: bool = True
    node: int = 0

    @property
    def title(self) -> str:
        """Its name in the session's language."""
        return t(self.msgid)


@cache
def initials(text: str) -> tuple[str, ...]:
    """First letters of the pinyin of the Han characters, other letters as they are, in every reading: 开户引导 → khyd.

    Loads the dictionary when first called: the palette does that in a thread when it opens.
    """
    from pypinyin import Style, pinyin  # noqa: PLC0415

    letters = pinyin(text, style=Style.FIRST_LETTER, heteronym=True)
    choices = [sorted({each for each in some if each.isalnum()}) for some in letters]
    readings = ("".join(each).lower() for each in product(*(some for some in choices if some)))
    return tuple(islice(readings, MOST_READINGS))


def rank(command: Command, typed: str) -> int | None:
    """How well a command fits, by its name or by what else it is called: 0 is best, None not at all."""
    names = [command.msgid, *([ALSO[command.msgid]] if command.msgid in ALSO else [])]
    fits = [fit_of(in_language(each, "zh"), in_language(each, "en"), typed) for each in names]
    return min((each for each in fits if each is not None), default=None)


def fit_of(chinese: str, english: str, typed: str) -> int | None:
    """How well something with these names fits what was typed: 0 is best, 9 when nothing was, None not at all."""
    wanted = "".join(typed.lower().split())
    if not wanted:
        return 9
    english = english.lower()
    words = "".join(word[0] for word in english.split() if word)
    texts = [chinese.replace(" ", ""), english.replace(" ", ""), *initials(chinese), words]
    ranks = [_rank(text, wanted) for text in texts]
    return min((each for each in ranks if each is not None), default=None)


def search(commands: Iterable[Command], typed: str) -> list[Command]:
    """The commands that fit, the best first, otherwise in their order."""
    found = [(rank(command, typed), number, command) for number, command in enumerate(commands)]
    fitting = [(fit, number, command) for fit, number, command in found if fit is not None]
    return [command for _fit, _number, command in sorted(fitting, key=lambda each: each[:2])]


def _rank(text: str, wanted: str) -> int | None:
    if text.startswith(wanted):
        return 0
    if wanted in text:
        return 1
    letters = iter(text)
    return 2 if len(wanted) > 1 and all(letter in letters for letter in wanted) else None
