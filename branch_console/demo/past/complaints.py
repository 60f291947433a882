"""Complaints and ideas of the past: most in time, some late, a few still open; nobody who complained exists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final

from branch_console.demo.past.shop import Shop
from branch_console.desk.cases.promising import SLA
from branch_console.rules.canonical import Json
from branch_console.rules.cases.numbers import case_number
from branch_console.rules.cases.tables import CategoryRow
from branch_console.rules.journal import Data, format_at

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
_LATE_CONTACT: Final = 0.12
_LONG: Final = 0.04
_LATE: Final = 0.16
"""Shares: contacted after the limit, decided after the regulator's limit, decided after one of the two limits."""
_COMES_BACK: Final = 0.12
_IDEA_EVERY: Final = 6
_ADOPTED: Final = 0.65
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
        if self.known and category is None and rng.random() < _COMES_BACK:
            key, chosen = self.known.pop(0)
        else:
            key, chosen = shop.hashed(), category or rng.choices(list(_TOLD), _OFTEN)[0]
            self.known.append((key, chosen))
        act = _complaint(shop, at, key, chosen)
        contact = shop.later(at, rng.uniform(1.4, 2.8) if rng.random() < _LATE_CONTACT else rng.uniform(0.1, 0.7))
        chance = rng.random()
        days = rng.uniform(16, 21) if chance < _LONG else rng.uniform(6.5, 10) if chance < _LATE else rng.uniform(1, 4)
        told = shop.later(contact, days)
        act.write(shop.later(at, 0.05), "case.accepted", {"no_interest": True})
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
        act.write(shop.later(told, 0.6), "case.closed", closed)


def suggest(shop: Shop, number: int, at: datetime) -> None:
    """Every some working days (`number` counts them) somebody has an idea; most are answered, some are done."""
    if number % _IDEA_EVERY:
        return
    rng = shop.rng
    topic, told = _IDEAS[number // _IDEA_EVERY % len(_IDEAS)]
    nobody: Data = {"codes": None, "customer": {"how": "anonymous"}, "topic": topic, "who": "anonymous"}
    idea = _Case(shop, at, "suggestion", told, ("promises",), nobody)
    evaluated: Data = {"note": "虚构记录：看过现场。"}
    idea.write(shop.later(at, rng.uniform(0.5, 1.5)), "suggestion.evaluated", evaluated, shop.supervisor)
    if rng.random() < _ADOPTED:
        adopted: Data = {"reason": "虚构记录：成本低。", "owner": shop.officer, "due": None}
        idea.write(shop.later(at, rng.uniform(2, 4)), "suggestion.adopted", adopted, shop.supervisor)
        done: Data = {"what": "虚构记录：已完成。"}
        idea.write(shop.later(at, rng.uniform(6, 15)), "suggestion.done", done, shop.supervisor)
    else:
        declined: Data = {"reason": "虚构记录：场地不允许。"}
        idea.write(shop.later(at, rng.uniform(2, 5)), "suggestion.declined", declined, shop.supervisor)


class _Case:
    """One case at the officer's terminal; on one that went dark it would stay open for ever.

    Its entries name each other, and none is later than now.
    """

    def __init__(self, shop: Shop, at: datetime, kind: str, told: str, sets: Sequence[str], more: Data) -> None:
        self._shop = shop
        self._pages = shop.pages[0]
        terminal, day = shop.terminals[0], at.date()
        count = shop.count("case", terminal, day.isoformat())
        self._subject = f"case/{self._pages.name(at)}"
        self._head: str | None = None
        policy = shop.reference.newest_sla(SLA, day)
        saved = at + timedelta(seconds=52)
        data: Data = {
            "number": case_number(shop.code, terminal, day, count),
            "kind": kind,
            "told": {"text": told, "masked": {}, "exemptions": {}},
            "policy": None if policy is None else {"id": policy.id, "version": policy.version},
            "calendar": {"id": shop.calendar.id, "version": shop.calendar.version},
            "clock_sets": list(sets),
            "received_at": format_at(at),
            "form_opened_at": format_at(at),
            "saved_at": format_at(saved),
            **more,
        }
        self.write(saved, "case.registered", data)

    def write(self, at: datetime, kind: str, data: Data, staff: str = "") -> None:
        """The next act, unless it would be later than now; then nothing follows it either."""
        if at >= self._shop.now or (self._head is None and kind != "case.registered"):
            self._head = None
            return
        after: list[Json] = [] if self._head is None else [self._head]
        said: Data = {**data, "after": after}
        self._head = self._pages.write(at, staff or self._shop.officer, kind, self._subject, said)


def _complaint(shop: Shop, at: datetime, key: str, category: str) -> _Case:
    """Taken down by phone, from somebody of whom a hash is known."""
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
    customer: Data = {"how": "phone", "keys": {"phone": key}, "name": "", "phone": "", "wallet": "", "journey": None}
    more: Data = {"codes": codes, "customer": customer, "want": row.want, "contact": "phone"}
    return _Case(shop, at, "complaint", _TOLD[category], _SETS, more)


def moments(day: date, count: int, shop: Shop) -> list[datetime]:
    """So many moments of a day's opening hours."""
    opening = datetime.combine(day, time(9, 20), shop.now.tzinfo)
    return sorted(opening + timedelta(seconds=shop.rng.uniform(0, 6.5 * 3600)) for _ in range(count))
