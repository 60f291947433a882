"""The words on the screen: gettext catalogues under dotted msgids, Chinese by default, English complete.

`t("login.title")` looks a sentence up in the language of the moment; it is called when something is drawn, never
when a module is imported, so that switching the language at run time reaches everything. Names of steps,
reasons, scripts and policies are reference data, not messages.

A message may be plural: its entry then has `msgid_plural` equal to its `msgid`, and `n` among the parameters decides.
"""

import gettext
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final, Literal, get_args

Language = Literal["zh", "en"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
_FOLDERS: Final[dict[Language, str]] = {"zh": "zh_CN", "en": "en"}

_language: Language = "zh"


def set_language(language: Language) -> None:
    """Every later `t` speaks this language; what is already drawn stays until it is drawn anew."""
    global _language  # noqa: PLW0603  one process draws one screen in one language
    _language = language


def language() -> Language:
    """The language that is spoken now."""
    return _language


def t(msgid: str, **params: str | int) -> str:
    """The sentence of `msgid` with its `{placeholders}` filled; an unknown msgid comes back as it is."""
    return t_in(_language, msgid, **params)


def t_in(language: Language, msgid: str, **params: str | int) -> str:
    """The same in a given language: what a customer takes home is in theirs, whatever the screen speaks."""
    catalogue = _catalogue(language)
    message = msgid
    if "n" in params:
        message = catalogue.ngettext(msgid, msgid, int(params["n"]))
    if message == msgid:
        message = catalogue.gettext(msgid)
    return message.format(**params) if params else message


def known(msgid: str) -> bool:
    """Whether this is a msgid of ours: the descriptions of Textual's own bindings are not."""
    return bool(msgid) and _catalogue(_language).gettext(msgid) != msgid


def in_language(msgid: str, language: Language) -> str:
    """The sentence in a given language, without parameters: what a search over commands looks through."""
    return _catalogue(language).gettext(msgid)


def catalogue_path(language: Language) -> Path:
    """The source (.po) of a language's catalogue; the compiled one (.mo) lies beside it."""
    return Path(__file__).parent / _FOLDERS[language] / "LC_MESSAGES" / "branch_console.po"


@cache
def _catalogue(language: Language) -> gettext.GNUTranslations:
    """The compiled catalogue, or, in a checkout that was not compiled since the last edit, the source itself."""
    source = catalogue_path(language)
    compiled = source.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
        with compiled.open("rb") as file:
            return gettext.GNUTranslations(file)
    return _compile(source)


def _compile(source: Path) -> gettext.GNUTranslations:
    from babel.messages.mofile import write_mo  # noqa: PLC0415  50 ms that only an uncompiled checkout pays
    from babel.messages.pofile import read_po  # noqa: PLC0415

    with source.open("rb") as file:
        messages = read_po(file)
    buffer = BytesIO()
    write_mo(buffer, messages)
    buffer.seek(0)
    return gettext.GNUTranslations(buffer)
