"""A session's case desk exports only what the journal and its anchor in the terminal's home agree on."""

from datetime import UTC, datetime

import pytest

from branch_console.rules.errors import RuleError
from branch_console.services.opening import ANCHOR
from tests.services.conftest import MakeTerminal


def test_the_session_s_desk_asks_the_anchor_of_its_home(make_terminal: MakeTerminal) -> None:
    terminal = make_terminal().login("liu")
    desk, day = terminal.services.cases, datetime.now(UTC).date()
    assert "已核验" in desk.save_register(day, day, "csv").read_text("utf-8-sig")
    (terminal.home / ANCHOR).write_bytes(b"{}")
    with pytest.raises(RuleError, match="journal_unanchored"):
        desk.save_register(day, day, "csv")
    made = [each.type for each in terminal.store.entries(f"terminal/{terminal.id}")]
    assert made.count("report.exported") == 1
