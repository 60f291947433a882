"""Logging: structlog into a rotating file in the home folder, private, in JSON, redacted. Nothing goes to the screen.

An exception is logged as its types and the lines of code that it passed, never with its message or local values.
"""

import logging
import os
import sys
import traceback
from collections.abc import MutableMapping
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any

import orjson
import structlog

from branch_console.security.redaction import redact_event

MAX_BYTES = 1_000_000
KEPT = 5
_PRIVATE = 0o077

Event = MutableMapping[str, Any]


def set_up_logs(home: Path, name: str, level: int = logging.INFO) -> None:
    """Send all logging of this process to `<home>/logs/<name>.log`. Raises OSError."""
    folder = home / "logs"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handler = _PrivateFile(folder / f"{name}.log", maxBytes=MAX_BYTES, backupCount=KEPT, encoding="utf-8")
    handler.setFormatter(_Formatter())
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)
    root.setLevel(level)
    for noisy in ("httpx", "httpcore", "alembic", "sqlalchemy"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _exceptions,
            _redacted,
            _rendered,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def exception_lines(error: BaseException) -> list[str]:
    """The types of an error and of what caused it, with the lines of code that each passed; no messages, no values."""
    lines: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        lines.append(f"{type(current).__module__}.{type(current).__qualname__}")
        lines += [f"  {Path(each.filename).name}:{each.lineno} {each.name}" for each in _frames(current.__traceback__)]
        current = current.__cause__ or current.__context__
    return lines


def _frames(passed: TracebackType | None) -> list[traceback.FrameSummary]:
    return list(traceback.StackSummary.extract(traceback.walk_tb(passed), lookup_lines=False))


def _exceptions(_logger: Any, _method: str, event: Event) -> Event:
    """Replace `exc_info` by what may be said of it."""
    given = event.pop("exc_info", None)
    if given is True:
        given = sys.exc_info()
    error = given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event["exception"] = exception_lines(error)
    return event


def _redacted(_logger: Any, _method: str, event: Event) -> Event:
    return redact_event(event)


def _rendered(_logger: Any, _method: str, event: Event) -> str:
    return orjson.dumps(event, default=str).decode()


class _Formatter(logging.Formatter):
    """Lines of structlog as they are; lines of libraries in the same form, redacted too."""

    def format(self, record: logging.LogRecord) -> str:
        message = record.getMessage()
        if message.startswith('{"') and not record.args:
            return message
        event: Event = {"event": message, "level": record.levelname.lower(), "logger": record.name}
        if record.exc_info:
            event["exc_info"] = record.exc_info
        return _rendered(None, "", _redacted(None, "", _exceptions(None, "", event)))


class _PrivateFile(RotatingFileHandler):
    """A rotating file that only its owner may read."""

    def _open(self) -> Any:
        before = os.umask(_PRIVATE)
        try:
            return super()._open()
        finally:
            os.umask(before)
