"""Logs: what identifies people never arrives in them, by whatever way it tries."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from branch_console.security.logs import set_up_logs
from branch_console.security.redaction import redact

MARKERS = ("张三丰", "13812348000", "138 1234 8000", "11010519491231002X", "6200000000000005", "三月的雨落在福田")


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    handlers, level = logging.getLogger().handlers[:], logging.getLogger().level
    set_up_logs(tmp_path, "console")
    yield tmp_path / "logs" / "console.log"
    for handler in logging.getLogger().handlers:
        handler.close()
    logging.getLogger().handlers[:] = handlers
    logging.getLogger().setLevel(level)
    structlog.reset_defaults()


@pytest.mark.parametrize("marker", MARKERS)
def test_a_marker_never_arrives(log: Path, marker: str) -> None:
    logger = structlog.get_logger("test")
    logger.info(f"saved {marker}", detail=marker, name=marker, nested={"phone": marker, "list": [marker, (marker,)]})
    logger.bind(answers=marker).warning("bound")
    logging.getLogger("some.library").warning("refused %s", marker)
    try:
        try:
            raise ValueError(marker)
        except ValueError as error:
            local = marker
            raise RuntimeError(f"could not store {local}") from error
    except RuntimeError:
        logger.exception("act failed")
        logging.getLogger("some.library").exception("act failed %s", marker)
    written = log.read_text(encoding="utf-8")
    assert marker not in written
    assert marker.replace(" ", "") not in written.replace(" ", "")
    assert "RuntimeError" in written
    assert "test_logs.py" in written
    assert [json.loads(line) for line in written.splitlines()]


def test_what_helps_to_find_a_defect_stays(log: Path) -> None:
    journey = "0195f000-0000-7000-8000-000000000001"
    structlog.get_logger("sync").info("push refused", code="journal-gap", seq=41, subject=f"journey/{journey}")
    line = json.loads(log.read_text(encoding="utf-8"))
    assert (line["event"], line["code"], line["seq"]) == ("push refused", "journal-gap", 41)
    assert journey in line["subject"]


def test_a_line_is_one_line_and_short() -> None:
    assert "\n" not in redact("a\nb\x1b]0;title\x07")
    assert "\x1b" not in redact("a\x1b[31m")
    assert len(redact("ab " * 1000)) == 500


def test_the_file_is_private(log: Path) -> None:
    logging.getLogger("x").warning("y")
    assert log.stat().st_mode & 0o077 == 0
    assert log.parent.stat().st_mode & 0o077 == 0
