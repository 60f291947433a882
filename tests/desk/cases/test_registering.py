"""Taking a case down over the real store: what is pinned, masked, promised, refused; coming again; drafts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from branch_console.demo.history import Clock
from branch_console.desk.cases import drafting
from branch_console.desk.cases.customers import find_customers
from branch_console.desk.cases.form_reading import Filled
from branch_console.desk.cases.promising import default_promise
from branch_console.desk.cases.registering import follow_up, register
from branch_console.desk.cases.repeats import repeats
from branch_console.desk.desk import Desk
from branch_console.desk.gifts.people import Person
from branch_console.rules.cases.form import CaseForm, Said
from branch_console.rules.cases.numbers import read_number
from branch_console.rules.cases.states import CaseState
from branch_console.rules.conditions import Condition
from branch_console.rules.errors import FieldErrors, RuleError
from branch_console.rules.narrative.exemptions import Exemption
from branch_console.rules.working_time import clocks
from branch_console.rules.working_time.policy import Match
from data.retention import purge
from data.store import Store
from tests.desk.cases.form_help import COMPLAINT, DISPUTE, PHONE, TOLD, WALLET, counter_of, opened, take_down
from tests.hostile import HOSTILE

ZONE = ZoneInfo("Asia/Shanghai")
DeskOf = Callable[[str], Desk]
DOCUMENT = "11010519491231002X"


def case(store: Store, subject: str) -> CaseState:
    state = store.state(subject)
    assert isinstance(state, CaseState)
    return state


def wrong(counter_desk: DeskOf, form: CaseForm, person: Person | None = None) -> dict[str, str]:
    counter = counter_of(counter_desk)
    with pytest.raises(FieldErrors) as refused:
        take_down(counter, opened(counter, form), person)
    return {each.field: each.code for each in refused.value.errors}


def test_a_dispute_is_complete_without_a_network(desk_of: DeskOf, store: Store, clock: Clock) -> None:
    counter = counter_of(desk_of)
    (known, *_rest) = find_customers(counter, PHONE)
    form = opened(counter, DISPUTE)
    clock.now += timedelta(seconds=48)
    state = case(store, take_down(counter, form, known))

    number = read_number(state.number)
    assert number is not None
    assert (number.day, number.number) == ("261122", 1)
    assert (state.kind, state.status, state.fast_track, state.want) == ("dispute", "received", True, "refund")
    assert state.codes is not None
    assert (state.codes.channel, state.codes.business, state.codes.reason) == ("A05", "B04", "C09")
    assert state.customer is not None
    assert (state.customer.how, state.customer.phone) == ("phone", "138****8000")
    assert state.transaction is not None
    assert (state.transaction.amount_fen, state.transaction.counterparty) == (12_800, "好又多超市")
    assert (state.policy_id, state.policy_version, state.calendar_version) == ("cn_default", 1, 1)
    assert state.clock_sets == ["fast", "contact", "common", "review"]
    assert state.registered_by == "wang"
    took = datetime.fromisoformat(state.saved_at) - datetime.fromisoformat(state.form_opened_at)
    assert took == timedelta(seconds=48)
    (promise,) = state.promises
    # Sunday: two hours of work end on Monday at 10:30
    assert promise.at.startswith("2026-11-23T10:30")
    assert PHONE not in str(store.entries(store_subject(state, store))[0].data)


def store_subject(state: CaseState, store: Store) -> str:
    from data.case_queries import case_by_number

    found = case_by_number(store, state.number)
    assert found is not None
    return found


def test_numbers_go_on_and_begin_anew_every_day(desk_of: DeskOf, store: Store, clock: Clock) -> None:
    counter = counter_of(desk_of)
    numbers = []
    for _ in range(2):
        numbers.append(case(store, take_down(counter, opened(counter, COMPLAINT, contact="visit"))).number)
    clock.now += timedelta(days=1)
    numbers.append(case(store, take_down(counter, opened(counter, COMPLAINT, contact="visit"))).number)
    assert [parts.number for parts in map(read_number, numbers) if parts] == [1, 2, 1]


@pytest.mark.parametrize(
    ("kind", "due", "clock_id"),
    [
        ("complaint", "2026-11-23 17:30", "first"),
        ("inquiry", "2026-11-23 17:30", "first"),
        ("dispute", "2026-11-23 10:30", "callback"),
    ],
)
def test_the_policy_says_when_the_customer_hears_next(desk_of: DeskOf, kind: str, due: str, clock_id: str) -> None:
    found = default_promise(counter_of(desk_of), kind)
    assert found is not None
    assert (found[0].strftime("%Y-%m-%d %H:%M"), found[1]) == (due, clock_id)


@pytest.mark.parametrize("kind", ["suggestion", "praise", "report"])
def test_nothing_is_promised_where_nobody_waits(desk_of: DeskOf, store: Store, kind: str) -> None:
    counter = counter_of(desk_of)
    assert default_promise(counter, kind) is None
    form = opened(counter, CaseForm(kind=kind, narrative=Said("自助机旁边请放一副老花镜"), contact="none"))
    state = case(store, take_down(counter, form))
    assert (state.kind, state.promises, state.customer and state.customer.how) == (kind, [], "anonymous")


def test_everything_that_is_wrong_is_said_at_once(desk_of: DeskOf) -> None:
    empty = CaseForm(kind="dispute", narrative=Said("扣款"), promise="soon", group_size="x", contact="phone")
    assert wrong(desk_of, empty, Person({}, phone="****8000")) == {
        "narrative": "narrative_short",
        "category": "category_missing",
        "promise": "when_unreadable",
        "reference": "transaction_unfindable",
        "amount": "amount_form",
        "group_size": "number_unreadable",
    }
    assert wrong(desk_of, CaseForm(narrative=Said(TOLD)))["kind"] == "kind_missing"
    counter = counter_of(desk_of)
    with pytest.raises(FieldErrors, match="customer_missing"):
        register(counter, Filled(opened(counter, DISPUTE)))
    assert wrong(desk_of, replace(DISPUTE, narrative=Said("扣" * 301)))["narrative"] == "narrative_long"
    assert wrong(desk_of, replace(DISPUTE, counterparty=Said("超" * 65)))["counterparty"] == "text_long"


@pytest.mark.parametrize("amount", ["0", "-1", "1.234", "1e3", "=1+1", "１２a"])
def test_an_amount_is_an_amount(desk_of: DeskOf, amount: str) -> None:
    assert wrong(desk_of, replace(DISPUTE, amount=amount)) == {"amount": "amount_form"}


def test_nobody_calls_an_anonymous_customer(desk_of: DeskOf, store: Store) -> None:
    counter = counter_of(desk_of)
    with pytest.raises(RuleError, match="anonymous_not_called"):
        take_down(counter, opened(counter, COMPLAINT))
    assert store.pending_count() == 0


def test_what_was_typed_is_masked_once_more(desk_of: DeskOf, store: Store) -> None:
    counter = counter_of(desk_of)
    text = f"客户证件{DOCUMENT}，电话{PHONE}，单号 202611220001"
    at = text.index("202611220001")
    said = Said(text, (Exemption(at, at + 12),), {"phone": 1})
    form = opened(counter, COMPLAINT, narrative=said, contact="visit")
    state = case(store, take_down(counter, form))
    assert state.narrative == "客户证件****002X，电话****8000，单号 202611220001"
    assert state.masked == {"document": 1, "mobile": 1, "phone": 1}
    assert state.exemptions == {"order_number": 1}


def test_an_exemption_lets_no_sentence_through(desk_of: DeskOf) -> None:
    counter = counter_of(desk_of)
    said = Said(f"电话{PHONE}谢谢你们", (Exemption(0, 15),))
    with pytest.raises(RuleError, match="exemption_form"):
        take_down(counter, opened(counter, COMPLAINT, narrative=said, contact="visit"))


@pytest.mark.parametrize("bad", HOSTILE)
def test_hostile_texts_are_only_texts(desk_of: DeskOf, store: Store, bad: str) -> None:
    counter = counter_of(desk_of)
    said = Said(f"客户多次来说{bad[:200]}请核实")
    form = opened(counter, DISPUTE, narrative=said, reference=Said("PAY-77" + bad[:40]), counterparty=Said(bad[:50]))
    state = case(store, take_down(counter, form, Person({}, phone="****8000")))
    assert state.narrative.isprintable()
    assert state.transaction is not None
    assert (state.transaction.reference + state.transaction.counterparty).isprintable()


def test_a_letter_of_an_authority_counts_from_its_day(desk_of: DeskOf, store: Store) -> None:
    counter = counter_of(desk_of)
    form = opened(
        counter,
        COMPLAINT,
        source="pboc_transfer",
        regulator_reference=Said("粤转 2026-0012"),
        transferred_at="11-20 09:00",
        received_at="11-20 10:00",
        contact="letter",
        group_size="21",
        vulnerable=True,
    )
    state = case(store, take_down(counter, form, Person({}, phone="****8000")))
    assert state.regulator is not None
    assert state.regulator.transferred_at.startswith("2026-11-20T09:00")
    assert state.received_at.startswith("2026-11-20T10:00")
    assert "pboc" in state.clock_sets
    assert (state.group_size, state.vulnerable) == (21, True)
    policy, calendar = store.reference.sla["cn_default", 1], store.reference.calendars["cn_branch", 1]
    from branch_console.rules.cases.clock_events import clock_events

    read = clocks.read(policy, calendar, clock_events(state), counter.now(), sets=state.clock_sets)
    due = {each.id: each.due_day for each in read}
    assert str(due["pboc"]) == "2026-12-05"


@pytest.mark.parametrize("text", ["8000", PHONE, "138 1234 8000"])
def test_a_customer_is_found_or_taken_down_by_what_they_say(desk_of: DeskOf, text: str) -> None:
    found = find_customers(counter_of(desk_of), text)
    assert [each.phone[-4:] for each in found] == ["8000"]
    assert bool(found[0].keys) is (text != "8000"), "of last digits alone nothing can be compared"


def test_a_wallet_is_known_by_its_number(desk_of: DeskOf, store: Store) -> None:
    counter = counter_of(desk_of)
    (person,) = find_customers(counter, "0022 5012 3456 5081")
    assert person.wallet == "002250******5081"
    state = case(store, take_down(counter, opened(counter, DISPUTE), person))
    assert state.customer is not None
    assert (state.customer.how, state.customer.wallet) == ("wallet", "002250******5081")
    assert WALLET not in str(store.entries(store_subject(state, store))[0].data)
    hints = repeats(counter, opened(counter, COMPLAINT), find_customers(counter, WALLET)[0])
    assert [hint.why[0] for hint, _state in hints] == ["open_case"]


def test_an_auditor_takes_nothing_down(desk_of: DeskOf) -> None:
    counter = counter_of(desk_of, "zhou")
    with pytest.raises(RuleError, match="role_may_not"):
        take_down(counter, opened(counter, COMPLAINT, contact="visit"))
    with pytest.raises(RuleError, match="role_may_not"):
        find_customers(counter, "8000")


def test_the_same_payment_is_hinted_at_and_becomes_a_contact(desk_of: DeskOf, store: Store, clock: Clock) -> None:
    counter = counter_of(desk_of)
    subject = take_down(counter, opened(counter, DISPUTE), find_customers(counter, PHONE)[0])
    again = opened(counter, DISPUTE, narrative=Said("又来问那笔钱什么时候退"), promise="+3")
    ((hint, _state),) = repeats(counter, again, Person({}, phone="****1111"))
    assert (hint.case, hint.why[0], hint.open) == (subject, "same_transaction", True)

    clock.now += timedelta(minutes=5)
    follow_up(counter, subject, again)
    state = case(store, subject)
    assert [each.type for each in state.timeline] == ["case.registered", "case.contact_in"]
    assert state.timeline[-1].text == "又来问那笔钱什么时候退"
    assert [each.status for each in state.promises] == ["replaced", "open"]
    assert state.promises[-1].at.startswith("2026-11-23T11:30")


def test_a_policy_may_choose_its_clocks_by_the_reason(
    desk_of: DeskOf, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter = counter_of(desk_of)
    policy = store.reference.sla["cn_default", 1]
    match = Match(when=Condition(facts={"reason": ["C09"]}), use=["fast", "common"])
    by_reason = policy.model_copy(update={"match": [match, *policy.match]})
    monkeypatch.setitem(store.reference.sla, ("cn_default", 1), by_reason)
    lost = case(store, take_down(counter, opened(counter, DISPUTE, contact="visit")))
    waited = case(store, take_down(counter, opened(counter, COMPLAINT, contact="visit")))
    assert lost.clock_sets == ["fast", "common"]
    assert waited.clock_sets == ["normal", "contact", "common", "review"]


def test_coming_again_needs_words_too(desk_of: DeskOf) -> None:
    counter = counter_of(desk_of)
    subject = take_down(counter, opened(counter, COMPLAINT, contact="visit"))
    with pytest.raises(FieldErrors, match="narrative_short"):
        follow_up(counter, subject, opened(counter, CaseForm()))


def test_a_draft_outlives_the_power_and_holds_no_number(desk_of: DeskOf, store: Store, clock: Clock) -> None:
    counter = counter_of(desk_of)
    person = find_customers(counter, PHONE)[0]
    form = opened(counter, DISPUTE, narrative=Said(f"打 {PHONE} 没人接"), reference=Said(PHONE))
    misplaced = replace(form, promise=PHONE, amount=PHONE, transferred_at=PHONE, group_size=PHONE, received_at=PHONE)
    drafting.save_form_draft(counter, Filled(misplaced, person))
    with store.database.read() as connection:
        (text,) = connection.exec_driver_sql("SELECT text FROM draft").scalars()
    assert PHONE not in text
    drafting.save_form_draft(counter, Filled(form, person))
    with store.database.read() as connection:
        (text,) = connection.exec_driver_sql("SELECT text FROM draft").scalars()
    assert PHONE not in text

    found = drafting.form_draft(counter_of(desk_of))
    assert found is not None
    assert found.form.narrative == Said("打 ****8000 没人接", (), {"mobile": 1})
    assert replace(found.form, narrative=form.narrative, reference=form.reference) == form
    assert found.person == person
    assert drafting.form_draft(counter_of(desk_of, "li")) is None, "a colleague's form is theirs"

    take_down(counter, found.form, found.person)
    assert drafting.form_draft(counter) is None


def test_a_draft_remembers_that_a_number_is_an_order_number(desk_of: DeskOf) -> None:
    counter = counter_of(desk_of)
    said = Said(f"单号{PHONE}，请查", (Exemption(2, 13),))
    drafting.save_form_draft(counter, Filled(opened(counter, COMPLAINT, narrative=said)))
    found = drafting.form_draft(counter)
    assert found is not None
    assert found.form.narrative == said


def test_a_draft_lives_a_day(desk_of: DeskOf, store: Store, clock: Clock) -> None:
    counter = counter_of(desk_of)
    drafting.save_form_draft(counter, Filled(opened(counter, COMPLAINT)))
    clock.now += timedelta(hours=23)
    assert drafting.form_draft(counter) is not None
    assert purge(store, clock.now).drafts == 0
    clock.now += timedelta(hours=2)
    assert purge(store, clock.now).drafts == 1
    drafting.save_form_draft(counter, Filled(replace(COMPLAINT, opened_at="2026-11-21T09:00:00.000+08:00")))
    assert drafting.form_draft(counter) is None


def test_a_draft_of_another_version_is_forgotten(desk_of: DeskOf, store: Store) -> None:
    counter = counter_of(desk_of)
    with counter.desk.act() as act:
        act.save_draft(drafting.draft_subject(counter), drafting.NAME, '{"form": {"opened_at": "yesterday"}}')
    assert drafting.form_draft(counter) is None
