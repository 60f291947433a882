"""Small facts by name, inside the transaction of whoever asks."""

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert

from data.statements import prepared
from data.tables import MetaRow, table

IDENTITY = "identity"
CURSOR = "cursor"
EPOCH = "epoch"
ACKNOWLEDGED = "acknowledged"
PUSHED = "pushed"
AGREED_EPOCH = "agreed_epoch"
PAST_EPOCHS = "past_epochs"
CATALOGUE = "catalogue"
RESTORED = "restored_at"
"""Set when the store may be older than what central holds of it: nothing is pushed before the head is confirmed."""
LAST_RESTORED = "last_restored_at"
"""When that was last so; stays. Numbers that people know may have been issued on that day which this store lacks."""

_META = table(MetaRow)
_GET = prepared(select(_META.c.value).where(_META.c.name == bindparam("name")))
_put = insert(_META)
_PUT = prepared(_put.on_conflict_do_update(index_elements=["name"], set_={"value": _put.excluded.value}))
_DROP = prepared(delete(_META).where(_META.c.name == bindparam("of_name")))


def get(connection: Connection, name: str) -> str | None:
    """The fact, None when it was never set."""
    value = connection.exec_driver_sql(_GET, {"name": name}).scalar_one_or_none()
    return None if value is None else str(value)


def get_number(connection: Connection, name: str) -> int:
    """The fact as a number, 0 when it was never set."""
    return int(get(connection, name) or 0)


def put(connection: Connection, name: str, value: str | int) -> None:
    """Set a fact."""
    connection.exec_driver_sql(_PUT, {"name": name, "value": str(value)})


def drop(connection: Connection, name: str) -> None:
    """Forget a fact."""
    connection.exec_driver_sql(_DROP, {"of_name": name})
