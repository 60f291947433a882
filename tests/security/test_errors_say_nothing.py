"""What an error of the store or of the entries says never holds what it was about (requirement S13)."""

from pathlib import Path

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from branch_console.rules.journal import FIRST_PREV, seal
from branch_console.rules.journey_state import JourneyState
from branch_console.security.logs import exception_lines
from branch_console.security.unlock import Unlocked
from data.tables import DraftRow, table
from tests.data.world import KEY, NOW, act, new_store, subject

MARKER = "张三丰11010519491231002X"


def test_a_refusal_of_the_database_hides_its_values(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    drafts = table(DraftRow)
    row = {column.name: 0 if column.type.python_type is int else MARKER for column in drafts.columns}
    try:
        with pytest.raises(IntegrityError) as refused, store.database.write() as connection:
            connection.execute(insert(drafts), [row])
            connection.execute(insert(drafts), [row])
        assert MARKER not in str(refused.value) + repr(refused.value)
    finally:
        store.close()


def test_a_refused_entry_is_logged_without_its_data(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    try:
        with pytest.raises(Exception) as refused:
            act(store, subject(1), ("journey.started", {"flow": MARKER, "target": MARKER, "name": [MARKER]}), now=NOW)
        assert MARKER not in "\n".join(exception_lines(refused.value))
    finally:
        store.close()


def test_the_key_of_the_store_is_in_no_representation() -> None:
    opened = Unlocked(KEY, MARKER, "guide", must_change=False, expired=False)
    for said in (repr(opened), str(opened), f"{opened}"):
        assert MARKER not in said
        assert KEY.hex() not in said
        assert repr(KEY) not in said


def test_the_repr_of_an_entry_and_of_a_journey_says_nothing_of_the_customer() -> None:
    entry = seal(
        terminal="0190c0de-0000-7000-8000-000000000001",
        seq=1,
        prev=FIRST_PREV,
        id="0190c0de-0000-7000-8000-000000000002",
        type="journey.answered",
        version=1,
        branch="SZ01",
        subject="journey/0190c0de-0000-7000-8000-000000000003",
        staff="g1",
        at="2026-11-22T10:00:00.000+08:00",
        clock="1795000000000-0000",
        data={"step": "lookup", "answers": {"name": "欧阳静怡"}},
    )
    state = JourneyState(name="欧阳静怡")
    assert "欧阳静怡" not in f"{entry!r} {entry} {state!r} {[entry, state]}"
