"""Reference documents: TOML text with a version, read into closed models; an error names file, line and key."""

import tomllib
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from branch_console.rules.toml_lines import locate

Id: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,48}$")]
T = TypeVar("T")
Many: TypeAlias = Annotated[list[T], Field(default_factory=list)]
Certainty: TypeAlias = Literal["H", "M", "L"]


class ReferenceFormatError(ValueError):
    """A reference document is wrong. `line` counts from 1; `key` is the dotted path of the wrong value."""

    def __init__(self, file: str, line: int, key: str, problem: str) -> None:
        super().__init__(f"{file}, line {line}, {key or 'document'}: {problem}")
        self.file = file
        self.line = line
        self.key = key
        self.problem = problem


class Part(BaseModel):
    """Base of everything inside a document: strict, closed, immutable.

    Validators are built when the first document is read, not at import: the login screen does not wait for them.
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)


class Words(Part):
    """A text in both languages."""

    zh: Annotated[str, StringConstraints(min_length=1)]
    en: Annotated[str, StringConstraints(min_length=1)]

    def get(self, language: str) -> str:
        """The text in `language` ("zh" or "en")."""
        return self.en if language == "en" else self.zh


class Sourced(Part):
    """Something claimed about the world. `certainty`: H several or official sources, M one, L to be confirmed.

    `confirm` says that the bank must confirm it before use; everything in the sample data is marked so where the
    project could not know.
    """

    source: str = ""
    certainty: Certainty = "L"
    confirm: bool = False


class Document(Part):
    """Base of a whole document; its file is named `<id>.v<version>.toml`."""

    id: Id
    version: Annotated[int, Field(ge=1)]
    effective_from: date
    sample: Words | None = None

    def problems(self) -> list[tuple[tuple[str | int, ...], str]]:
        """What is wrong although every value has the right form: (path, problem)."""
        return []


D = TypeVar("D", bound=Document)


def read_document(model: type[D], file: str, text: str) -> D:
    """Read one document. Raises ReferenceFormatError."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ReferenceFormatError(file, _line_in(str(error)), "", str(error)) from error
    try:
        document = model.model_validate(raw)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise _wrong(file, text, path_in(raw, first["loc"]), first["msg"]) from error
    for path, problem in document.problems():
        raise _wrong(file, text, path, problem)
    return document


def path_in(raw: object, loc: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """The keys of a document that pydantic's `loc` leads through, without the tags of unions that it puts between.

    The last part is kept even if it is not there: it names what is missing.
    """
    path: list[str | int] = []
    for number, part in enumerate(loc):
        inside = isinstance(raw, dict) and part in raw
        inside = inside or (isinstance(raw, list) and isinstance(part, int) and part < len(raw))
        if inside and isinstance(raw, dict) and not isinstance(raw[part], dict | list):
            inside = number == len(loc) - 1 or loc[number + 1] not in raw  # otherwise a tag that is called like a key
        if inside:
            raw = raw[part]  # type: ignore[index]
        elif number < len(loc) - 1:
            continue
        path.append(part)
    return tuple(path)


def document_path(raw: object, location: Sequence[str | int]) -> tuple[str | int, ...]:
    """Where in the document a validation error is: its location without the names of the kinds that were tried.

    Of a table told apart by `type` or `kind`, pydantic names the kind between the table and its key.
    """
    path: tuple[str | int, ...] = ()
    for number, part in enumerate(location):
        if isinstance(raw, dict):
            if part not in raw and part in (raw.get("type"), raw.get("kind")) and number < len(location) - 1:
                continue
            raw = raw.get(part)
        elif isinstance(raw, list) and isinstance(part, int) and part < len(raw):
            raw = raw[part]
        else:
            break
        path = (*path, part)
    return path


def _wrong(file: str, text: str, path: tuple[str | int, ...], problem: str) -> ReferenceFormatError:
    return ReferenceFormatError(file, locate(text, path), ".".join(str(part) for part in path), problem)


def _line_in(message: str) -> int:
    """The line that tomllib names in its message ("… (at line 3, column 5)"), 1 at the end of the document."""
    _, found, rest = message.partition("at line ")
    digits = rest.partition(",")[0]
    return int(digits) if found and digits.isdecimal() else 1
