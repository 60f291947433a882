"""Very many invented cases, put into a store as rows that their states give; also what tests/bench measures."""

from datetime import date, datetime, timedelta

from branch_console.rules.cases.numbers import case_number
from branch_console.rules.cases.parts import Codes, Customer, Transaction
from branch_console.rules.cases.record import Event, Item, PromiseMade
from branch_console.rules.cases.states import CaseState
from branch_console.rules.journal import format_at
from data.projection import project
from data.states import Folded
from data.store import Store
from tests.data.cases import case
from tests.data.world import NOW, OTHER, OWN, THIRD

EVERY = timedelta(minutes=45)
AT_ONCE = 1000
TERMINALS = (OWN, OTHER, THIRD)
STORIES = (
    "同一笔早餐被重复扣款，商户说没有收到第二笔，要求退回",
    "转账给房东以后对方说没有到账，钱包里已经扣了钱",
    "活动说好送的食用油没有领到，柜台说名额满了",
    "排队等了一个小时，叫号机坏了也没有人管",
    "The app shows a wrong balance after the update and the wallet was locked",
    "手机丢了以后发现有三笔不是我做的付款，请先止损",
    "换了新手机以后硬钱包读不出来，客服电话打不通",
    "收款码贴在门口被人换掉了，两天的营业款不见了",
)
NOTES = ("商户确认重复提交，等待清算", "已致电客户说明进展，客户同意等待", "核心返回流水正常 settlement batch 7", "")
PLACES = ("福田", "罗湖", "南山", "宝安", "龙华", "盐田", "坪山", "光明", "龙岗", "大鹏", "前海", "蛇口")


def day_of_crowd(number: int, cases: int) -> date:
    return (NOW - EVERY * (cases - number)).date()


def state(number: int, cases: int, still_open: int) -> CaseState:
    """The case of that number of so many, of which the newest `still_open` are not over."""
    received = NOW - EVERY * (cases - number)
    kind = ("complaint", "dispute", "inquiry", "complaint", "complaint")[number % 5]
    place = PLACES[number % 12] + PLACES[number * 7 % 12]
    text = f"{STORIES[number % len(STORIES)]}，{place}店，流水尾号{number % 9973:04d}"
    found = CaseState(
        number=case_number("SZFT", TERMINALS[number % 3], received.date(), number % 99_999 + 1),
        kind=kind,
        status="in_progress" if number >= cases - still_open else "closed",
        codes=Codes(category="double_charge", channel="A01", business="B04", reason="C09", tables={}),
        narrative=text,
        customer=Customer(
            how="phone", keys={"phone": f"k1:p{number % 40_000}"}, name="张*丰", phone=f"138****{number % 10_000:04d}"
        ),
        transaction=Transaction(amount_fen=1200, key=f"k1:t{number}") if kind == "dispute" else None,
        policy_id="cn_default",
        policy_version=1,
        calendar_id="cn_branch",
        calendar_version=1,
        clock_sets=["normal", "contact", "common"] if kind != "inquiry" else ["normal", "contact"],
        received_at=format_at(received),
        branch="SZFT",
        terminal=TERMINALS[number % 3],
        owner=f"s-{number % 9}",
        updated_at=format_at(received),
        entries=4,
    )
    found.timeline = _timeline(number, received, text)
    if number >= cases - still_open:
        at = format_at(NOW + timedelta(hours=number % 90 - 8))
        found.promises = [PromiseMade(f"{number}#0", at, "phone", f"s-{number % 7}", None, found.received_at)]
    else:
        over = received + timedelta(days=9)
        found.timeline.append(_item(number, 3, "case.closed", over, "已处理", [Event("closed", format_at(over))]))
        found.closed_at = format_at(over)
    return found


def crowd(store: Store, cases: int, still_open: int) -> None:
    """Put so many cases into the store."""
    for start in range(0, cases, AT_ONCE):
        changed = {
            case(f"crowd-{number}"): Folded(state(number, cases, still_open), (f"{number:013d}-0000", OTHER, number), 1)
            for number in range(start, min(cases, start + AT_ONCE))
        }
        with store.database.write() as connection:
            project(connection, changed, store.reference, store.identity)


def _timeline(number: int, received: datetime, text: str) -> list[Item]:
    return [
        _item(number, 0, "case.registered", received, text, [Event("received", format_at(received))]),
        _item(number, 1, "case.noted", received, NOTES[number % 4], []),
        _item(number, 2, "case.noted", received, f"第{number}号 {PLACES[number * 5 % 12]} 网点核实", []),
    ]


def _item(number: int, place: int, kind: str, at: datetime, text: str, events: list[Event]) -> Item:
    return Item(f"{number}#{place}", kind, format_at(at), "s-1", OTHER, text, events=events)
