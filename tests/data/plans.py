"""What SQLite would read for a question: its query plans, for tests that no question reads a whole table."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import event

from data.store import Store


def plans(store: Store, question: Callable[[Store], object]) -> Iterator[tuple[str, str]]:
    """Ask, then give each statement that was a SELECT with each step of its plan. There is at least one."""
    asked: list[tuple[str, Any]] = []

    def note(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            asked.append((statement, parameters))

    event.listen(store.database.engine, "before_cursor_execute", note)
    try:
        question(store)
    finally:
        event.remove(store.database.engine, "before_cursor_execute", note)
    assert asked
    with store.database.read() as connection:
        for statement, parameters in asked:
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters):
                yield statement, str(row[3])
