"""What the tests of cases need: entries with data that their schemas take, two terminals that know or do not know of
each other, and a desk; invented people only."""

from datetime import UTC, datetime, timedelta
from typing import Any

from branch_console.rules.cases.desk import Desk
from branch_console.rules.cases.states import CaseState
from branch_console.rules.catalogue import FOLDS
from branch_console.rules.folding import fold_subject
from branch_console.rules.journal import Entry, format_at, seal
from branch_console.rules.reference import Reference
from tests.rules.flow_help import documents

K01 = "0190c0de-0000-7000-8000-00000000a001"
K02 = "0190c0de-0000-7000-8000-00000000a002"
CENTRAL = "central/SZ01"
CASE = "case/0190c0de-0000-7000-8000-00000000c001"
OTHER = "case/0190c0de-0000-7000-8000-00000000c002"
CLAIM = "claim/0190c0de-0000-7000-8000-00000000c0c0"
NOON = datetime(2026, 9, 18, 4, 0, tzinfo=UTC)
SHA = "b" * 64
REFERENCE = Reference.parse({name: text for name, text in documents().items() if name.startswith("codes/")})


def at(minutes: float) -> str:
    """So many minutes after noon in Shenzhen, as an entry writes it."""
    return format_at(NOON + timedelta(minutes=minutes))


def act(minute: int) -> str:
    """The id of the entry of that minute."""
    return f"0190c0de-0000-7000-8000-{minute:012x}"


def entry(
    minute: int,
    kind: str,
    data: dict[str, Any] | None = None,
    /,
    *,
    after: list[int] | None = None,
    staff: str | None = "o1",
    terminal: str = K01,
    subject: str = CASE,
    **changed: Any,
) -> Entry:
    """One entry, so many minutes after noon: the sample of its type with changes. `after` by minutes."""
    content = {**(SAMPLES[kind] if data is None else data), **changed}
    if after is not None:
        content["after"] = [act(each) for each in after]
    return seal(
        terminal=terminal,
        seq=minute + 1,
        prev="0" * 64,
        id=act(minute),
        type=kind,
        version=1,
        branch="SZ01",
        subject=subject,
        staff=staff,
        at=at(minute),
        clock=f"{int(NOON.timestamp() * 1000) + minute * 60_000:013d}-0000",
        data=content,
    )


def promise(minutes: float = 24 * 60, staff: str | None = "o1") -> dict[str, Any]:
    return {"at": at(minutes), "way": "phone", "staff": staff}


CODES = {
    "category": "double_charge", "channel": "A05", "business": "B04", "reason": "C09",
    "tables": {"case_categories": 1, "case_channels": 1, "case_business": 1, "case_reasons": 1},
}  # fmt: skip
CUSTOMER = {
    "how": "phone", "keys": {"phone": "k1:138"}, "name": "张*丰", "phone": "138****8000", "wallet": "002250******5081",
    "journey": None,
}  # fmt: skip
TRANSACTION = {"amount_fen": 12_800, "at": at(-60), "reference": "****5521", "counterparty": "好又多超市"}
REGULATOR = {"body": "pboc_transfer", "reference": "****0012", "transferred_at": at(0)}
REGISTERED = {
    "number": "TS-SZ01-A001-260918-0001-51", "kind": "complaint", "codes": CODES,
    "told": {"text": "同一笔早餐被扣了两次", "masked": {"phone": 1}, "exemptions": {"order_number": 1}},
    "customer": CUSTOMER, "want": "refund", "contact": "phone", "promise": promise(),
    "policy": {"id": "cn_default", "version": 1}, "calendar": {"id": "cn_branch", "version": 1},
    "clock_sets": ["normal", "common"], "received_at": at(0), "form_opened_at": at(0), "saved_at": at(1),
    "source": "counter", "regulator": None, "transaction": None, "fast_track": False, "vulnerable": False,
    "group_size": 1, "topic": None, "who": "customer", "token": "Zx81_abcdefg",
}  # fmt: skip
DECIDED = {
    "outcome": "upheld", "facts": "系统重复入账一次，已核实", "basis": "客户协议第七条",
    "remedies": ["review", "mediation", "litigation"],
    "redress": {"kind": "refund", "amount_fen": 12_800, "claim": None}, "approver": None,
}  # fmt: skip
CONTACT = {"way": "phone", "text": "已致电客户说明进展", "ends_with": "promise", "promise": promise(2 * 24 * 60)}

SAMPLES: dict[str, dict[str, Any]] = {
    "case.registered": REGISTERED,
    "case.details_added": {"transaction": TRANSACTION, "group_size": 3},
    "case.staff_named": {"staff": "g9", "why": "complained_about"},
    "case.evidence_added": {"sha256": SHA, "kind": "screenshot", "size": 20_000, "caption": "扣款截图"},
    "case.retyped": {"kind": "inquiry", "reason": "客户只问限额", "approver": "s1"},
    "case.reclassified": {"codes": {**CODES, "category": "wrong_amount"}, "reason": "金额不符"},
    "case.redacted": {"entry": act(0), "types": ["phone"], "reason": "登记时漏掩", "approver": "s1"},
    "case.difference_settled": {"marks": [act(0)], "note": "两边内容一致"},
    "case.slip_printed": {
        "slip": "receipt", "form": "pdf", "language": "zh", "offline": True, "printed_at": at(1),
    },
    "case.duplicate_suspected": {
        "of": "TS-SZ02-A009-260918-0003-61", "other": None, "branch": "SZ02", "why": ["same_matter", "open_case"],
    },
    "case.step_checked": {"step": "verify", "done": True, "reason": None, "seconds": 40},
    "case.assigned": {"to": "o2", "reason": "对口负责"},
    "case.accepted": {"no_interest": True},
    "case.contact_out": {**CONTACT, "reached": True},
    "case.contact_in": CONTACT,
    "case.interim_replied": {"way": "phone", "text": "已向中心核实", "promise": promise(3 * 24 * 60)},
    "case.noted": {"text": "商户确认重复提交"},
    "case.escalated": {"level": 1, "to": "s1", "reason": "客户情绪激动"},
    "case.extended": {
        "stage": 1, "clock": None, "reason": "需商户配合", "approver": "s1", "approval": "supervisor",
        "told_at": at(2), "told_way": "phone",
    },
    "case.paused": {"why": "waiting_customer", "note": "待客户补交截图", "told": True, "basis": None, "until": None},
    "case.resumed": {"note": "客户已补交"},
    "case.promise_handed_over": {"promises": [act(0)], "to": "o3", "note": "明早值班"},
    "case.containment_requested": {
        "measure": "freeze", "wallet": "002250******5081", "not_before": at(0), "expires_at": at(40), "online": False,
        "renews": None,
    },
    "case.containment_confirmed": {"request": act(1), "done_at": at(5), "reference": "F2209"},
    "case.containment_failed": {"request": act(1), "why": "core_refused", "note": "核心拒绝"},
    "case.containment_expired": {"request": act(1)},
    "case.hotline_called": {
        "hotline": "icbc", "number": "95588", "called_at": at(1), "answered": True, "reference": "H771",
        "said_done": True,
    },
    "case.decided": DECIDED,
    "case.notified": {"way": "phone", "remedies_told": True, "note": "客户认可"},
    "case.closed": {"result": "已退款", "root_cause": "system", "rectification": "修复重复提交"},
    "case.withdrawn": {"by": "customer", "way": "visit", "reason": "商户已退款"},
    "case.not_accepted": {"reason": "not_ours", "note": "他行业务", "told": True, "approver": "s1"},
    "case.reopened": {"reason": "退款仍未到账", "new_facts": False},
    "case.merged": {
        "into": OTHER, "number": "TS-SZ01-A001-260918-0002-48", "reason": "同一笔交易", "same_customer": True,
        "approver": None,
    },
    "case.unmerged": {"merge": act(1), "reason": "并错客户"},
    "case.joined": {
        "source": OTHER, "number": "TS-SZ01-A001-260918-0002-48", "merge": act(1), "received_at": at(-30),
    },
    "case.parted": {"merge": act(1)},
    "case.review_applied": {"to": "SZ00", "written": True, "reference": "HC-1"},
    "case.review_notified": {"outcome": "upheld", "way": "letter", "note": "维持原决定"},
    "suggestion.evaluated": {"note": "可行，需增设座椅"},
    "suggestion.adopted": {"reason": "采纳", "owner": "s2", "due": "2026-10-31"},
    "suggestion.declined": {"reason": "场地不足"},
    "suggestion.done": {"what": "增设三张座椅"},
    "suggestion.told": {"way": "phone", "text": "已告知结果"},
    "suggestion.supported": {"who": "customer", "key": "k1:139", "way": "phone"},
    "suggestion.rewarded": {"act": CLAIM, "value_fen": 6_000, "approver": "s2", "month": "2026-09"},
}  # fmt: skip


def suggested(**changed: Any) -> Entry:
    """A suggestion is taken down."""
    kind: dict[str, Any] = {
        "kind": "suggestion", "codes": None, "policy": None, "calendar": None, "clock_sets": [], "promise": None,
        "topic": "premises",
    }  # fmt: skip
    return entry(0, "case.registered", **{**kind, **changed})


def fold(entries: list[Entry]) -> CaseState:
    """The state of the case of these entries, all of which can be folded."""
    state, unfolded = fold_subject(FOLDS["case"], entries, Reference())
    assert unfolded == []
    assert isinstance(state, CaseState)
    return state


def marks(state: Any) -> list[str]:
    return [each.code for each in state.marks]


def desk(minute: float = 10, **changed: Any) -> Desk:
    """An officer at the desk, with a supervisor beside."""
    named: dict[str, Any] = {
        "staff": "o1", "role": "case_officer", "now": NOON + timedelta(minutes=minute), "reference": REFERENCE,
        "approver_role": "supervisor", "subject": CASE,
    }  # fmt: skip
    return Desk(**{**named, **changed})
