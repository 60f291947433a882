"""What the commands print: JSON for scripts, plain lines for people."""

import sys
from datetime import datetime
from typing import NoReturn

import orjson
import typer


def show(value: dict[str, object], *, as_json: bool) -> None:
    """One result."""
    if as_json:
        sys.stdout.write(_json(value))
    else:
        sys.stdout.writelines(f"{name}: {_text(item)}\n" for name, item in value.items())


def show_rows(rows: list[dict[str, object]], *, as_json: bool) -> None:
    """A list: a JSON array, or a table."""
    if as_json:
        sys.stdout.write(_json(rows))
        return
    if not rows:
        return
    table = [list(rows[0]), *([_text(item) for item in row.values()] for row in rows)]
    widths = [max(len(line[column]) for line in table) for column in range(len(table[0]))]
    for line in table:
        sys.stdout.write("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n")


def fail(sentence: str) -> NoReturn:
    """End with status 1 and the reason on standard error."""
    sys.stderr.write(sentence.strip() + "\n")
    raise typer.Exit(1)


def _json(value: object) -> str:
    return orjson.dumps(value, default=_iso).decode() + "\n"


def _iso(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds")
    raise TypeError(type(value).__name__)


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    return "-" if value is None else str(value)
