"""Central's log: JSON lines on standard error, without messages of exceptions: they may quote a customer's data."""

import logging
import sys
import traceback

import structlog


def log_to_stderr() -> None:
    """Standard output belongs to what scripts read."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.getLogger("uvicorn.error").addFilter(_not_logged_already)


def where(error: BaseException) -> list[str]:
    """Where an exception came from: files, lines and functions, no values."""
    frames = traceback.extract_tb(error.__traceback__)[-12:]
    return [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames]


def _not_logged_already(record: logging.LogRecord) -> bool:
    """The application logs its own defects; the web server would log their messages too."""
    return not record.getMessage().startswith("Exception in ASGI application")
