"""Statements of the hot paths: built with SQLAlchemy Core once, at import, and run as text from then on.

Compiling, even from the cache, costs as much as SQLite itself takes for a small statement (measured), and an act is ten
of them.
"""

from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.expression import ClauseElement

_DIALECT = sqlite.dialect(paramstyle="named")


def prepared(statement: ClauseElement) -> str:
    """The SQL of a statement, with its parameters by name, for `Connection.exec_driver_sql`."""
    compiled = statement.compile(dialect=_DIALECT)
    unset = [name for name, value in compiled.params.items() if value is not None]
    if unset:
        raise ValueError(f"values bound inside the statement would be lost: {unset}")
    return str(compiled)


def among(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Whether the column's value is in the JSON array given as parameter `name`: one statement for any number."""
    return column.in_(select(func.json_each(bindparam(name)).table_valued("value").c.value))
