"""The feed of a branch: what others wrote, in the order in which it was committed.

Every push takes the branch's next position as the last thing before its commit and holds the counter's row lock until
then, so a position that can be read means that all before it can be read: nothing is skipped, whatever runs at once.
A page is the stored bytes of its entries with commas between.
"""

from typing import NamedTuple, cast

from branch_console.central.cursors import START, Place, read_cursor, write_cursor
from branch_console.central.database import Connection
from branch_console.central.facts import Facts
from branch_console.central.problems import ProblemError

PAGE_BYTES = 1_048_576
"""A page ends when it is larger than this; one entry always fits."""

_PAGE = """
SELECT page.position, entry.seq, entry.wire FROM (
    SELECT position, writer, first_seq, last_seq FROM feed
    WHERE branch = %(branch)s AND position BETWEEN %(position)s AND %(end)s AND writer <> %(caller)s
    AND (position > %(position)s OR last_seq > %(seq)s)
    ORDER BY position LIMIT %(limit)s
) AS page CROSS JOIN LATERAL (
    SELECT seq, wire FROM entry WHERE branch = %(branch)s AND writer = page.writer AND seq <= page.last_seq
    AND seq >= CASE WHEN page.position = %(position)s THEN greatest(page.first_seq, %(seq)s + 1) ELSE page.first_seq END
    ORDER BY seq
) AS entry
ORDER BY page.position, entry.seq LIMIT %(limit)s
"""


class Page(NamedTuple):
    """Some of the feed. `entries` is the JSON array's content; `head` is central's own journal (name, seq, hash)."""

    entries: bytes
    size: int
    cursor: str
    more: bool
    branch: str
    epoch: str
    head: tuple[str, int, str]


class Reader(NamedTuple):
    """Who reads, and how far the feed goes at this moment."""

    branch: str
    end: int
    epoch: str
    head: tuple[str, int, str]


async def read_page(connection: Connection, facts: Facts, caller: str, after: str | None, limit: int) -> Page:
    """The entries of others behind the cursor `after` (None = from the start). Raises ProblemError."""
    reader = await _reader(connection, caller)
    place = START if after is None else read_cursor(facts.cursor_key, reader.epoch, reader.branch, after)
    if place.position > reader.end:
        raise ProblemError("resync", "the cursor lies beyond the feed")
    wires: list[bytes] = []
    more = False
    if place.position < reader.end or place.seq != START.seq:
        cursor = await connection.execute(
            _PAGE,
            {
                "branch": reader.branch,
                "caller": caller,
                "position": place.position,
                "seq": place.seq,
                "end": reader.end,
                "limit": limit + 1,
            },
            binary=True,
        )
        size = 0
        for position, seq, wire in cast(list[tuple[int, int, bytes]], await cursor.fetchall()):
            size += len(wire)
            if len(wires) == limit or (wires and size > PAGE_BYTES):
                more = True
                break
            wires.append(wire)
            place = Place(position, seq)
    if not more:
        place = Place(reader.end)
    cursor_text = write_cursor(facts.cursor_key, reader.epoch, reader.branch, place)
    return Page(b",".join(wires), len(wires), cursor_text, more, reader.branch, reader.epoch, reader.head)


async def _reader(connection: Connection, caller: str) -> Reader:
    """The caller's branch and its feed. Raises ProblemError unknown-terminal, terminal-revoked."""
    cursor = await connection.execute(
        "SELECT b.code, b.feed_position, (SELECT value FROM meta WHERE name = 'epoch'), c.name, c.seq, c.hash,"
        " w.revoked_at FROM writer w JOIN branch b ON b.code = w.branch CROSS JOIN LATERAL (SELECT name, seq, hash"
        " FROM writer WHERE branch = w.branch AND public_key IS NULL ORDER BY registered_at DESC LIMIT 1) AS c"
        " WHERE w.name = %s AND w.public_key IS NOT NULL",
        (caller,),
    )
    row = await cursor.fetchone()
    if row is None:
        raise ProblemError.unknown_terminal()
    if row[6] is not None:
        raise ProblemError("terminal-revoked")
    branch, end, epoch, name, seq, head = cast(tuple[str, int, str, str, int, str], row[:6])
    return Reader(branch, end, epoch, (name, seq, head))
