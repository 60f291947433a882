"""Many invented customers, as entries of another terminal of the branch, for a store that is to be measured full."""

import random
import secrets
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

from branch_console.rules.clock import format_clock
from branch_console.rules.journal import FIRST_PREV, Data, Entry, format_at, seal
from data.identity import new_id
from data.store import Store

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建文斌玉兰志鹏丹萍红玲芬燕彩春菊雪梅琳素云莲"
PAGE = 1000


class Writer:
    """The journal of a terminal that exists only here."""

    def __init__(self, branch: str, terminal: str | None = None) -> None:
        self._branch = branch
        self._terminal = terminal or str(uuid4())
        self._seq = 0
        self._head = FIRST_PREV
        self._now = int(time.time() * 1000) - 3_600_000
        self._at = format_at(datetime.fromtimestamp(self._now / 1000, UTC))

    def write(self, kind: str, subject: str, data: Data) -> Entry:
        """The next entry."""
        self._seq += 1
        self._now += 1
        entry = seal(
            terminal=self._terminal,
            seq=self._seq,
            prev=self._head,
            id=new_id(self._now),
            type=kind,
            version=1,
            branch=self._branch,
            subject=subject,
            staff="bench",
            at=self._at,
            clock=format_clock(self._now, 0),
            data=data,
        )
        self._head = entry.hash
        return entry


def journeys(writer: Writer, customers: int, flow: tuple[str, int]) -> Iterator[Entry]:
    """Three entries for each customer: received, name and phone, finished."""
    rng = random.Random(7)
    for _ in range(customers):
        subject = f"journey/{new_id(rng.randrange(2**47))}"
        name = rng.choice(_SURNAMES) + "".join(rng.choices(_GIVEN, k=rng.randint(1, 2)))
        phone = {"masked": f"131****{rng.randrange(10_000):04d}", "key": f"k1:{secrets.token_urlsafe(32)}"}
        yield writer.write(
            "journey.started", subject, {"flow": {"id": flow[0], "version": flow[1]}, "target": "IV", "name": None}
        )
        yield writer.write("journey.answered", subject, {"step": "lookup", "answers": {"name": name, "phone": phone}})
        yield writer.write("journey.finished", subject, {"wallet_class": "IV"})


def fill(store: Store, customers: int) -> int:
    """Put customers into a store, as the feed would; returns the number of entries."""
    cursor, epoch = store.cursor()
    flow = next(iter(store.reference.flows))
    page: list[Entry] = []
    count = 0
    for entry in journeys(Writer(store.identity.branch), customers, flow):
        page.append(entry)
        if len(page) == PAGE:
            store.apply_feed(page, cursor or "", epoch or "")
            count, page = count + len(page), []
    if page:
        store.apply_feed(page, cursor or "", epoch or "")
    return count + len(page)
