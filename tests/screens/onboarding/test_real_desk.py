"""Journeys by keys over the real desk, a real store and the real reference data."""

import random
from collections.abc import Callable
from datetime import timedelta

from textual.pilot import Pilot

from branch_console.demo.history import Clock, Visit
from branch_console.demo.people import DemoCustomer
from branch_console.desk import holding, journeys, look_up
from branch_console.desk.desk import Desk
from branch_console.locale import t
from branch_console.rules.journey_state import JourneyState
from branch_console.services.onboarding import OnboardingDesk
from data import queries
from screens.onboarding import JourneyScreen
from screens.onboarding.consent_pane import ConsentPane
from screens.onboarding.counter_dialog import CounterDialog
from screens.onboarding.interruption_pane import InterruptionPane
from screens.onboarding.journey_head import JourneyHead
from screens.onboarding.notice_pane import NoticePane
from screens.onboarding.pick_dialog import PickDialog
from screens.onboarding.proceed import Proceed
from screens.onboarding.question import Question
from screens.onboarding.review_pane import ReviewPane
from screens.onboarding.step_pane import StepPane
from screens.widgets.error_box import ErrorBox
from tests.desk.conftest import PASSWORD
from tests.screens.driving import SIZE, on_screen, text, until
from tests.screens.onboarding.host import Host, at_step, journey_screen, pane

DOCUMENT = "11010519491231002X"
DeskOf = Callable[[str], Desk]
CUSTOMER = DemoCustomer(name="欧阳静怡", phone="13100000010", target="II", segment="general", end="finished")


def up_to(desk: Desk, clock: Clock, step: str | None, **changes: str) -> str:
    """A journey of the demo's customer that waits, paused, at `step`; None: finished."""
    customer = CUSTOMER.model_copy(update={"pause_at": step, **changes})
    Visit(desk, clock, customer, random.Random(3)).play(timedelta(minutes=20))
    return queries.journeys(desk.store, tab="all", staff=None)[0].subject


def host(desk: Desk, subject: str) -> Host:
    return Host(OnboardingDesk(lambda: desk), JourneyScreen(subject))


def state(desk: Desk, subject: str) -> JourneyState:
    return look_up.journey(desk, subject)


def asked(app: Host, field: str) -> Question:
    found = pane(app)
    assert isinstance(found, StepPane)
    return next(each for each in found.questions if each.view.id == field)


async def answered(pilot: Pilot[None], app: Host, field: str, *keys: str) -> None:
    """Wait until the question has the focus, then press the keys."""
    await until(
        pilot, lambda: any(each.view.id == field and each.editor.has_focus for each in app.screen.query(Question))
    )
    await pilot.press(*keys)


async def first_steps(pilot: Pilot[None], app: Host, age: str = "3") -> None:
    """From the start through device to the notice."""
    await at_step(pilot, "need")
    await pilot.press("6", age, "2", "enter")
    await at_step(pilot, "fraud_gate")
    await pilot.press("2", "2", "enter")
    await at_step(pilot, "device")


@on_screen
async def test_a_visit_to_class_two_by_keys_alone(desk_of: DeskOf) -> None:
    desk = desk_of("wang")
    subject = journeys.start(desk, "II")
    app = host(desk, subject)
    async with app.run_test(size=SIZE) as pilot:
        await first_steps(pilot, app)
        assert " / 0:" in text(app)
        await pilot.press("1", "1", "1", "1", "enter")
        await at_step(pilot, "consent")
        assert "一般信息" in text(app)
        await pilot.press("1")
        await answered(pilot, app, "consent:sensitive", "1")
        await until(pilot, lambda: isinstance(app.focused, Proceed))
        await pilot.press("enter")
        await at_step(pilot, "lookup")
        await answered(pilot, app, "name", *"欧阳静怡", "enter")
        await answered(pilot, app, "phone", *"13100000010", "enter")
        await answered(pilot, app, "doc_type", "1")
        await answered(pilot, app, "document", *DOCUMENT, "enter")
        await until(pilot, lambda: asked(app, "document").view.warning)
        await until(pilot, lambda: t("hint.age_band_differs") in text(app))
        await answered(pilot, app, "found", "1")
        await until(pilot, lambda: isinstance(app.focused, Proceed))
        assert asked(app, "document").view.warning
        await pilot.press("enter")
        await at_step(pilot, "official_app")
        await until(pilot, lambda: app.screen.query_one(JourneyHead).seconds is None)
        await answered(pilot, app, "app_ok", "1")
        await answered(pilot, app, "app_version", "enter")
        await at_step(pilot, "register")
        await pilot.press("1", "enter")
        await at_step(pilot, "open_wallet")
        await answered(pilot, app, "operator", "1")
        await answered(pilot, app, "wallet_id", "enter")
        await at_step(pilot, "pay_password")
        await pilot.press("1", "1", "enter")
        await at_step(pilot, "identity")
        await pilot.press("1", "enter")
        await at_step(pilot, "bind_card")
        await answered(pilot, app, "own_card", "1")
        await answered(pilot, app, "bank", *"工商银行", "enter")
        await answered(pilot, app, "last4", *"1234", "enter")
        await answered(pilot, app, "account_class", "tab", "enter")
        await at_step(pilot, "security")
        await pilot.press("1", "1", "2", "1", "enter")
        await at_step(pilot, "first_use")
        await pilot.press("1", "enter")
        await at_step(pilot, "education")
        await pilot.press("1", "1", "1", "enter")
        await at_step(pilot, "gift")
        await pilot.press("1", "enter")
        await at_step(pilot, "review")
        await until(pilot, lambda: isinstance(pane(app), ReviewPane) and "131****0010" in text(app))
        assert DOCUMENT not in text(app)
        await pilot.press("enter")
        await at_step(pilot, "feedback")
        await answered(pilot, app, "rating", "1")
        await answered(pilot, app, "complaint", "2", "enter")
        await until(pilot, lambda: isinstance(pane(app), NoticePane))
        await pilot.press("enter")
        await until(pilot, lambda: t("onboarding.ended.finished") in text(app))
    found = state(desk, subject)
    assert (found.status, found.wallet_class, found.age_band, found.marks) == ("finished", "II", "60_plus", [])


@on_screen
async def test_a_suspected_fraud_goes_on_with_the_supervisors_right_password(desk_of: DeskOf) -> None:
    desk = desk_of("wang")
    subject = journeys.start(desk, "IV")
    app = host(desk, subject)
    async with app.run_test(size=SIZE) as pilot:
        await at_step(pilot, "need")
        await pilot.press("6", "3", "2", "enter")
        await at_step(pilot, "fraud_gate")
        await pilot.press("1")
        await until(pilot, lambda: isinstance(pane(app), InterruptionPane) and app.focused is not None)
        await pilot.press("enter", *"liu", "enter", *"wrong", "enter")
        await until(pilot, lambda: isinstance(app.screen, ErrorBox) and app.focused is not None)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, JourneyScreen))
        assert state(desk, subject).status == "interrupted"
        await pilot.press(*PASSWORD, "enter")
        await at_step(pilot, "fraud_gate")
    assert state(desk, subject).status == "running"


@on_screen
async def test_a_colleague_declines_and_later_accepts(desk_of: DeskOf, clock: Clock) -> None:
    mine, theirs = desk_of("wang"), desk_of("li")
    subject = up_to(mine, clock, "security")
    holding.resume(mine, subject)
    reason = mine.flow_of(state(mine, subject)).reasons.hand_over[0]

    async def answer(decline: bool) -> None:
        holding.offer(mine, subject, "staff", "li", reason, "客户着急", "")
        app = host(theirs, subject)
        async with app.run_test(size=SIZE) as pilot:
            await until(pilot, lambda: isinstance(pane(app), NoticePane) and app.focused is not None)
            assert "客户着急" in text(app)
            if decline:
                await pilot.press("2")
                await until(pilot, lambda: isinstance(app.screen, PickDialog) and app.focused is not None)
                await pilot.press("enter")
                await until(pilot, lambda: state(mine, subject).offer is None)
            else:
                await pilot.press("1")
                await at_step(pilot, "security")

    await answer(decline=True)
    await answer(decline=False)
    assert state(mine, subject).holder == "li"


@on_screen
async def test_class_one_goes_through_the_counter_with_a_second_person(desk_of: DeskOf, clock: Clock) -> None:
    mine, theirs = desk_of("wang"), desk_of("zhao")
    subject = up_to(mine, clock, "counter", target="I")
    holding.resume(mine, subject)
    flow = mine.flow_of(state(mine, subject))
    holding.offer(mine, subject, "counter", None, flow.reasons.hand_over[0], "", "A012")
    app = host(desk_of("li"), subject)
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: isinstance(pane(app), NoticePane) and "A012" in text(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CounterDialog) and app.focused is not None)
        await pilot.press(*"liu", "enter", *PASSWORD, "enter")
        await until(pilot, lambda: state(mine, subject).offer is None)
    assert state(mine, subject).holder == "li"
    assert theirs.role == "case_officer"


@on_screen
async def test_a_journey_is_taken_over_from_a_colleague(desk_of: DeskOf, clock: Clock) -> None:
    subject = up_to(desk_of("wang"), clock, "security")
    theirs = desk_of("li")
    app = host(theirs, subject)
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: isinstance(pane(app), NoticePane) and app.focused is not None)
        await pilot.press("2")
        await until(pilot, lambda: isinstance(app.screen, PickDialog) and app.focused is not None)
        await pilot.press("enter")
        await until(pilot, lambda: state(theirs, subject).holder == "li")


@on_screen
async def test_a_person_who_was_here_before_is_shown_at_the_look_up(desk_of: DeskOf, clock: Clock) -> None:
    desk = desk_of("wang")
    up_to(desk, clock, None)
    clock.now += timedelta(hours=1)
    subject = up_to(desk, clock, "lookup", phone="13100000011")
    app = host(desk, subject)
    async with app.run_test(size=SIZE) as pilot:
        await at_step(pilot, "lookup")
        await answered(pilot, app, "name", "enter")
        await answered(pilot, app, "phone", *"13100000010", "enter")
        await until(pilot, lambda: t("onboarding.known.finished") in text(app))


@on_screen
async def test_a_target_raised_midway_asks_only_for_what_is_missing(desk_of: DeskOf, clock: Clock) -> None:
    desk = desk_of("wang")
    subject = up_to(desk, clock, "education", target="IV")
    app = host(desk, subject)
    async with app.run_test(size=SIZE) as pilot:
        await at_step(pilot, "education")
        before = {row.id for row in journey_screen(app).journey.rows if row.status == "done"}  # type: ignore[union-attr]
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(app.screen, PickDialog) and app.focused is not None)
        await pilot.press("b")
        await until(pilot, lambda: t("onboarding.change_target.title") in text(app))
        await pilot.press("2")
        await until(pilot, lambda: t("onboarding.change_target.why", target=t("onboarding.class.II")) in text(app))
        await pilot.press("enter")
        await until(pilot, lambda: state(desk, subject).target == "II")
        await until(pilot, lambda: journey_screen(app).journey.target == "II")  # type: ignore[union-attr]
        rows = {row.id: row for row in journey_screen(app).journey.rows}  # type: ignore[union-attr]
        assert {"identity", "bind_card"} <= set(rows)
        assert all(rows[each].status == "done" for each in before if each != "consent")


@on_screen
async def test_refusing_the_second_notice_caps_the_class_and_enter_alone_does_not_get_past(
    desk_of: DeskOf, clock: Clock
) -> None:
    desk = desk_of("wang")
    subject = up_to(desk, clock, "consent")
    app = host(desk, subject)
    async with app.run_test(size=SIZE) as pilot:
        await at_step(pilot, "consent")
        found = pane(app)
        assert isinstance(found, ConsentPane)
        await pilot.press("1")
        await answered(pilot, app, "consent:sensitive", "tab", "enter")
        await until(pilot, lambda: asked(app, "consent:sensitive").error)
        assert isinstance(app.screen, JourneyScreen)
        assert asked(app, "consent:sensitive").editor.has_focus
        await pilot.press("2")
        await until(pilot, lambda: isinstance(app.focused, Proceed))
        await pilot.press("enter")
        await at_step(pilot, "lookup")
        assert t("onboarding.class.IV") in text(app)
    assert [each.given for each in state(desk, subject).consents] == [True, False]


@on_screen
async def test_the_notice_begins_at_its_top_and_pages(desk_of: DeskOf, clock: Clock) -> None:
    desk = desk_of("wang")
    subject = up_to(desk, clock, "consent")
    app = host(desk, subject)
    async with app.run_test(size=SIZE) as pilot:
        await at_step(pilot, "consent")
        await until(pilot, lambda: "▌一般信息" in text(app))
        await pilot.press("pagedown")
        await until(pilot, lambda: "▌一般信息" not in text(app))
        await pilot.press("pageup")
        await until(pilot, lambda: "▌一般信息" in text(app))


@on_screen
async def test_without_a_smartphone_a_hard_wallet_is_made(desk_of: DeskOf) -> None:
    desk = desk_of("wang")
    subject = journeys.start(desk, "IV")
    app = host(desk, subject)
    async with app.run_test(size=SIZE) as pilot:
        await first_steps(pilot, app)
        await pilot.press("2", "enter")
        await at_step(pilot, "consent")
        rows = {row.id for row in journey_screen(app).journey.rows}  # type: ignore[union-attr]
        assert not rows & {"official_app", "register", "identity", "bind_card"}


@on_screen
async def test_a_passport_caps_the_class(desk_of: DeskOf, clock: Clock) -> None:
    desk = desk_of("wang")
    subject = up_to(desk, clock, "lookup")
    app = host(desk, subject)
    async with app.run_test(size=SIZE) as pilot:
        await at_step(pilot, "lookup")
        await answered(pilot, app, "name", "enter")
        await answered(pilot, app, "phone", *"13100000010", "enter")
        await answered(pilot, app, "doc_type", "6")
        await until(pilot, lambda: t("onboarding.class.III") in text(app))


@on_screen
async def test_under_fourteen_a_guardian_has_to_speak(desk_of: DeskOf) -> None:
    desk = desk_of("wang")
    subject = journeys.start(desk, "IV")
    app = host(desk, subject)
    async with app.run_test(size=SIZE) as pilot:
        await at_step(pilot, "need")
        await pilot.press("6", "1")
        await until(pilot, lambda: isinstance(pane(app), InterruptionPane) and app.focused is not None)
        await pilot.press("enter", *"liu", "enter", *PASSWORD, "enter")
        await at_step(pilot, "need")
        await answered(pilot, app, "scene", "2", "enter")
        await at_step(pilot, "fraud_gate")
        await pilot.press("2", "2", "enter")
        await at_step(pilot, "device")
        await pilot.press("1", "1", "1", "1", "enter")
        await at_step(pilot, "consent")
        await answered(pilot, app, "consent_guardian", "2")
        await answered(pilot, app, "consent:general", "1")
        await until(pilot, lambda: asked(app, "consent_guardian").error)
        await answered(pilot, app, "consent_guardian", "1")
        await answered(pilot, app, "consent:general", "1")
        await until(pilot, lambda: state(desk, subject).consents)
    assert [(each.given, each.guardian) for each in state(desk, subject).consents] == [(True, True)]


@on_screen
async def test_a_wrong_number_stays_in_its_field_through_another_language(desk_of: DeskOf, clock: Clock) -> None:
    desk = desk_of("wang")
    subject = up_to(desk, clock, "lookup")
    app = host(desk, subject)
    async with app.run_test(size=SIZE) as pilot:
        await at_step(pilot, "lookup")
        await answered(pilot, app, "name", "enter")
        await answered(pilot, app, "phone", *"1310000", "enter")
        await until(pilot, lambda: asked(app, "phone").error)
        assert asked(app, "phone").editor.has_focus
        assert asked(app, "phone").text == "1310000"
        app.speak("en")
        await until(pilot, lambda: "You may say" in text(app) and asked(app, "phone").text == "1310000")
        assert not queries.drafts(desk.store, subject).get("lookup#spent", "").startswith("-")
