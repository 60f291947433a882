"""Moving what facts add up to, when they change: only the figures and days that they are about are read and written."""

from collections.abc import Mapping
from datetime import date

import orjson
from sqlalchemy import Connection

from branch_console.rules.statistics.tally import Key, Tally, add, by_day, take
from branch_console.rules.statistics.tally_bytes import pack_tallies, unpack_tallies

_TALLIES = """
SELECT kept.day, kept.figure, kept.body FROM json_each(:places) AS wanted
JOIN day_tally AS kept ON kept.day = wanted.value ->> 0 AND kept.figure = wanted.value ->> 1
"""
_TOTALS = "SELECT kept.day, kept.body FROM json_each(:days) AS wanted JOIN day_total AS kept ON kept.day = wanted.value"
_PUT = """
INSERT INTO day_tally(day, figure, body) VALUES (:day, :figure, :body)
ON CONFLICT(day, figure) DO UPDATE SET body = :body
"""
_PUT_TOTAL = "INSERT INTO day_total(day, body) VALUES (:day, :body) ON CONFLICT(day) DO UPDATE SET body = :body"
_DROP = "DELETE FROM day_tally WHERE day = :day AND figure = :figure"
_DROP_TOTAL = "DELETE FROM day_total WHERE day = :day"
Found = dict[Key, Tally]


def move_tallies(connection: Connection, less: Found, more: Found) -> None:
    """Take some out and add others. Raises ValueError where what is to be taken out is not in it."""
    places = {(key[0], key[1]) for key in (*less, *more)}
    if places:
        _move_figures(connection, places, less, more)
        _move_totals(connection, _wholes(less), _wholes(more))


def _move_figures(connection: Connection, places: set[tuple[date, str]], less: Found, more: Found) -> None:
    wanted = orjson.dumps([(day.isoformat(), figure) for day, figure in places])
    kept: dict[tuple[date, str], Found] = {place: {} for place in places}
    for day_said, figure, body in connection.exec_driver_sql(_TALLIES, {"places": wanted}):
        day = date.fromisoformat(day_said)
        kept[day, figure] = unpack_tallies(day, body)
    taken, added = _by_figure(less), _by_figure(more)
    puts, drops = [], []
    for (day, figure), found in kept.items():
        take(found, taken.get((day, figure), {}))
        add(found, added.get((day, figure), {}))
        row = {"day": day.isoformat(), "figure": figure}
        if found:
            puts.append({**row, "body": pack_tallies(found)})
        else:
            drops.append(row)
    if puts:
        connection.exec_driver_sql(_PUT, puts)
    if drops:
        connection.exec_driver_sql(_DROP, drops)


def _move_totals(connection: Connection, less: Found, more: Found) -> None:
    taken, added = by_day(less), by_day(more)
    kept: dict[date, Found] = {day: {} for day in (*taken, *added)}
    wanted = orjson.dumps([day.isoformat() for day in kept])
    for said, body in connection.exec_driver_sql(_TOTALS, {"days": wanted}):
        day = date.fromisoformat(said)
        kept[day] = unpack_tallies(day, body)
    for day, found in kept.items():
        take(found, taken.get(day, {}))
        add(found, added.get(day, {}))
        if found:
            connection.exec_driver_sql(_PUT_TOTAL, {"day": day.isoformat(), "body": pack_tallies(found)})
        else:
            connection.exec_driver_sql(_DROP_TOTAL, {"day": day.isoformat()})


def _wholes(found: Mapping[Key, Tally]) -> Found:
    return {key: tally for key, tally in found.items() if not key[2]}


def _by_figure(found: Mapping[Key, Tally]) -> dict[tuple[date, str], Found]:
    """The tallies of each day and figure."""
    parts: dict[tuple[date, str], Found] = {}
    for key, tally in found.items():
        parts.setdefault((key[0], key[1]), {})[key] = tally
    return parts
