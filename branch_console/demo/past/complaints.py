"""Complaints and ideas of the past: most in time, some late, a few still open; nobody who complained exists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Final

from branch_console.demo.past.journal import Pages
from branch_console.demo.past.shop import Shop
from branch_console.rules.canonical import Json
from branch_console.rules.cases.numbers import case_number
from branch_console.rules.cases.tables import CategoryRow
from branch_console.rules.journal import Data, format_at
from branch_console.rules.working_time.hours import advance

_TOLD: Final[Mapping[str, str]] = {
    "queue": "虚构投诉：等了四十分钟才轮到。",
    "card_binding": "虚构投诉：绑卡一直提示失败。",
    "opening": "虚构投诉：办了两次都没有开成钱包。",
    "app_failure": "虚构投诉：客户端打不开付款码。",
    "service": "虚构投诉：讲解太快，没有听明白。",
    "gift_promise": "虚构投诉：活动礼品与宣传的不一样。",
}
_OFTEN: Final = (0.26, 0.24, 0.12, 0.16, 0.12, 0.1)
_CAUSES: Final = ("process", "system", "training", "disclosure", "customer")
_SETS: Final = ("normal", "contact", "common", "review")
_MINUTES_A_DAY: Final = 8 * 60
_LATE_CONTACT: Final = 0.12
_LONG: Final = 0.04
_LATE: Final = 0.16
"""Shares: contacted after the limit, decided after the regulator's limit, decided after one of the two limits."""
_COMES_BACK: Final = 0.12
_IDEA_EVERY: Final = 6
_IDEAS: Final[Sequence[tuple[str, str]]] = (
    ("queueing", "虚构建议：取号时能看到还要等多久。"),
    ("elderly", "虚构建议：填单台放几副老花镜。"),
    ("premises", "虚构建议：等候区多放两把椅子。"),
    ("merchants", "虚构建议：给小店一张收款码的说明。"),
    ("explanation", "虚构建议：把步骤印成一张小卡片带走。"),
)


@dataclass
class Complaints:
    """The complaints of one branch, one after the other; some customers come back with the same matter."""

    shop: Shop
    known: list[tuple[str, str]] = field(default_factory=list)

    def take_down(self, at: datetime, category: str | None = None) -> None:
        """Somebody complains at that moment; what the branch did about it, up to now."""
        shop, rng = self.shop, self.shop.rng
        back = self.known and category is None and rng.random() < _COMES_BACK
        if back:
            key, chosen = self.known.pop(0)
        else:
            key, chosen = shop.hashed(), category or rng.choices(list(_TOLD), _OFTEN)[0]
            self.known.append((key, chosen))
        act = _Case(shop, at, key, chosen)
        contact = self._later(at, rng.uniform(1.4, 2.8) if rng.random() < _LATE_CONTACT else rng.uniform(0.1, 0.7))
        chance = rng.random()
        days = rng.uniform(16, 21) if chance < _LONG else rng.uniform(6.5, 10) if chance < _LATE else rng.uniform(1, 4)
        told = self._later(contact, days)
        act.write(self._later(at, 0.05), "case.accepted", {"no_interest": True})
        promise: Data = {"at": format_at(told + timedelta(hours=2)), "way": "phone", "staff": shop.officer}
        said: Data = {"way": "phone", "text": "虚构记录：已与客户联系。", "ends_with": "promise", "reached": True}
        act.write(contact, "case.contact_out", {**said, "promise": promise})
        decided: Data = {
            "outcome": rng.choice(("upheld", "upheld", "partly")),
            "facts": "虚构记录：已核实经过。",
            "basis": "虚构记录：业务规则。",
            "remedies": ["review", "mediation", "litigation"],
            "redress": None,
            "approver": None,
        }
        act.write(told - timedelta(minutes=9), "case.decided", decided)
        act.write(told, "case.notified", {"way": "phone", "remedies_told": True, "note": None})
        closed: Data = {"result": "虚构记录：客户已知悉。", "root_cause": rng.choice(_CAUSES), "rectification": None}
        act.write(self._later(told, 0.6), "case.closed", closed)

    def _later(self, at: datetime, days: float) -> datetime:
        return advance(self.shop.calendar, at, timedelta(minutes=days * _MINUTES_A_DAY))


class _Case:
    """One case: its entries name each other, and none is later than now."""

    def __init__(self, shop: Shop, at: datetime, key: str, category: str) -> None:
        row = next(each for each in shop.reference.codes("case_categories") if each.code == category)
        assert isinstance(row, CategoryRow)  # noqa: S101  the table of categories
        tables = ("case_business", "case_categories", "case_channels", "case_reasons")
        codes: Data = {
            "category": category,
            "channel": row.channel or "A01",
            "business": row.business,
            "reason": row.reason,
            "tables": {name: shop.reference.tables[name].version for name in tables},
        }
        nobody: Data = {"name": "", "phone": "", "wallet": "", "journey": None}
        customer: Data = {"how": "phone", "keys": {"phone": key}, **nobody}
        more: Data = {"codes": codes, "customer": customer, "want": row.want, "contact": "phone"}
        self._open(shop, at, "complaint", _TOLD[category], _SETS, shop.officer, more)

    def _open(
        self, shop: Shop, at: datetime, kind: str, told: str, sets: Sequence[str], staff: str, more: Data
    ) -> None:
        self._shop = shop
        self._pages: Pages = shop.pages[
            0
        ]  # the officer's; a case on a terminal that went dark would stay open for ever
        terminal, day = shop.terminals[0], at.date()
        count = shop.count("case", terminal, day.isoformat())
        self._subject = f"case/{self._pages.name(at)}"
        self._head: str | None = None
        policy = shop.reference.newest_sla("cn_default", day)
        data: Data = {
            "number": case_number(shop.code, terminal, day, count),
            "kind": kind,
            "told": {"text": told, "masked": {}, "exemptions": {}},
            "policy": None if policy is None else {"id": policy.id, "version": policy.version},
            "calendar": {"id": shop.calendar.id, "version": shop.calendar.version},
            "clock_sets": list(sets),
            "received_at": format_at(at),
            "form_opened_at": format_at(at),
            "saved_at": format_at(at + timedelta(seconds=52)),
            **more,
        }
        self.write(at + timedelta(seconds=52), "case.registered", data, staff)

    def write(self, at: datetime, kind: str, data: Data, staff: str = "") -> None:
        """The next act, unless it would be later than now; then nothing follows it either."""
        if at >= self._shop.now or (self._head is None and kind != "case.registered"):
            self._head = None
            return
        after: list[Json] = [] if self._head is None else [self._head]
        said: Data = {**data, "after": after}
        self._head = self._pages.write(at, staff or self._shop.officer, kind, self._subject, said)


class _Idea(_Case):
    """A suggestion of nobody in particular."""

    def __init__(self, shop: Shop, at: datetime, topic: str, told: str) -> None:
        more: Data = {"codes": None, "customer": {"how": "anonymous"}, "topic": topic, "who": "anonymous"}
        self._open(shop, at, "suggestion", told, ("promises",), shop.officer, more)


def suggest(shop: Shop, number: int, at: datetime) -> None:
    """Every some working days (`number` counts them) somebody has an idea; most are answered, some are done."""
    if number % _IDEA_EVERY:
        return
    rng = shop.rng
    idea = _Idea(shop, at, *_IDEAS[number // _IDEA_EVERY % len(_IDEAS)])

    def later(days: float) -> datetime:
        return advance(shop.calendar, at, timedelta(minutes=days * _MINUTES_A_DAY))

    idea.write(later(rng.uniform(0.5, 1.5)), "suggestion.evaluated", {"note": "虚构记录：看过现场。"}, shop.supervisor)
    if rng.random() < 0.65:
        adopted: Data = {"reason": "虚构记录：成本低。", "owner": shop.officer, "due": None}
        idea.write(later(rng.uniform(2, 4)), "suggestion.adopted", adopted, shop.supervisor)
        idea.write(later(rng.uniform(6, 15)), "suggestion.done", {"what": "虚构记录：已完成。"}, shop.supervisor)
    else:
        declined: Data = {"reason": "虚构记录：场地不允许。"}
        idea.write(later(rng.uniform(2, 5)), "suggestion.declined", declined, shop.supervisor)


def moments(day: datetime, count: int, shop: Shop) -> list[datetime]:
    """So many moments of a day's opening hours."""
    opening = datetime.combine(day.date(), time(9, 20), day.tzinfo)
    return sorted(opening + timedelta(seconds=shop.rng.uniform(0, 6.5 * 3600)) for _ in range(count))
