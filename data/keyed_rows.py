"""Writing rows of a table by subject, numbered as they come, with the keyed hashes that lead to them."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, Table, bindparam, delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from data.statements import among, prepared


class KeyedRows:
    """The statements of one table with the columns `id` and `subject`; and of its table of keys, when it has one.

    With keys, the row's `keys` (JSON, scope → keyed hash) are what the table of keys holds. `own_seq` only grows;
    `personal` is set for a new row and stays until retention has looked.
    """

    def __init__(self, rows: Table, keys: Table | None = None, owner: str = "") -> None:
        """`owner`: the column of `keys` that names the row's id."""
        self._keyed = keys is not None
        before = [rows.c.id, rows.c.subject, *([rows.c["keys"]] if self._keyed else [])]
        self._before = prepared(select(*before).where(among(rows.c.subject, "subjects")))
        self._last = prepared(select(func.max(rows.c.id)))
        put = upsert(rows)
        names = [column.name for column in rows.c if column.name not in {"id", "subject"}]
        changed: dict[str, ColumnElement[Any]] = {name: put.excluded[name] for name in names}
        for name in {"own_seq", "personal"} & changed.keys():
            changed[name] = func.max(rows.c[name], put.excluded[name])
        self._put = prepared(put.on_conflict_do_update(index_elements=["id"], set_=changed))
        self._owner = owner
        if keys is not None:
            self._drop_keys = prepared(delete(keys).where(keys.c[owner] == bindparam("row")))
            self._put_keys = prepared(insert(keys))

    def put(self, connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
        """Write rows, one a subject, new or changed."""
        subjects = orjson.dumps([row["subject"] for row in rows])
        before = {row.subject: row for row in connection.exec_driver_sql(self._before, {"subjects": subjects})}
        last = 0 if len(before) == len(rows) else connection.exec_driver_sql(self._last).scalar_one() or 0
        old_keys, new_keys = [], []
        for row in rows:
            old = before.get(row["subject"])
            if old is None:
                last += 1
                row["personal"] = True
            row["id"] = last if old is None else old.id
            if self._keyed and row["keys"] != (old.keys if old else "{}"):
                if old is not None:
                    old_keys.append({"row": old.id})
                new_keys += [
                    {"key": key, "scope": scope, self._owner: row["id"]}
                    for scope, key in orjson.loads(row["keys"]).items()
                ]
        connection.exec_driver_sql(self._put, list(rows))
        if old_keys:
            connection.exec_driver_sql(self._drop_keys, old_keys)
        if new_keys:
            connection.exec_driver_sql(self._put_keys, new_keys)


def keys_json(keys: Mapping[Any, str]) -> str:
    """The keyed hashes of a person as a row keeps them."""
    return orjson.dumps(keys, option=orjson.OPT_SORT_KEYS).decode()
