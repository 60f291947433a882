"""The form of F4 over a fake desk: keys, masks, errors, repeats, hostile texts; at 80 columns and 24 lines."""

from dataclasses import replace

from branch_console.case_views.register import ANONYMOUS
from branch_console.rules.cases.form import Said
from branch_console.rules.errors import FieldError, FieldErrors
from screens.cases.slip_screen import CaseSlipScreen
from screens.gifts.asked import Asked
from screens.onboarding.pick_dialog import PickDialog
from screens.widgets.confirm import Confirm
from screens.widgets.text_field import TextField
from tests.hostile import CONTROL, FORBIDDEN, INVISIBLE, MARKUP
from tests.screens.cases.register_desk import NUMBER, REPEAT, TAIL, ZHANG, RegisterFake
from tests.screens.cases.typist import DRAFT, PHONE, TOLD, Typist, form_open, host
from tests.screens.driving import SIZE, on_screen, text, until

MOST = 45
"""Keys besides the narrative and the customer's digits (the issue's own number)."""


@on_screen
async def test_a_dispute_is_saved_with_few_keys_and_its_slip_shown() -> None:
    desk = RegisterFake()
    async with form_open(desk) as (app, pilot, typist):
        await typist.press("2", to="customer-field")
        await typist.customer()
        await typist.press(*"cfkk", "enter", to="narrative")
        assert "先按 F9 止损" in text(app)
        await typist.tell()
        await typist.press("enter", to="amount")
        await typist.press(*"128", "enter", to="reference")
        await typist.press(*"PAY5521", "enter", to="counterparty")
        await typist.press(*"haoyouduo", "enter", to="want")
        await typist.press("enter", "enter", "enter", to="save")
        await typist.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CaseSlipScreen) and NUMBER in text(app))
        assert typist.keys + 1 <= MOST, "with F4"
        ((form, customer, from_journey),) = desk.registered
        assert (form.kind, form.category, form.want, form.contact) == ("dispute", "double_charge", "refund", "phone")
        assert (form.narrative.text, form.amount, form.reference.text) == (TOLD, "128", "PAY5521")
        assert (form.promise, customer, from_journey) == ("11-23 11:30", "h1", False)
        assert form.opened_at.startswith("2026-11-23T09:3")

        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app._shown and typist.focus == "kind")
        assert not typist.form.questions.begun()
        assert TOLD not in text(app)


@on_screen
async def test_an_anonymous_complaint_needs_five_answers_and_is_not_called() -> None:
    desk = RegisterFake()
    async with form_open(desk) as (_, pilot, typist):
        await typist.press("1", to="customer-field")
        await typist.press("0", "enter", to="category-field")
        await typist.press(*"wait", "enter", to="narrative")
        await typist.tell("等了一个半小时没有叫号")
        await typist.press("enter", "enter", to="contact")
        await typist.press("f10")
        await until(pilot, lambda: desk.registered)
        form, customer, _ = desk.registered[0]
        assert (form.category, form.contact, customer) == ("queue", "visit", ANONYMOUS)
        assert typist.keys <= 12


@on_screen
async def test_numbers_are_masked_while_somebody_types_and_one_key_brings_an_order_number_back() -> None:
    desk = RegisterFake()
    async with form_open(desk) as (app, pilot, typist):
        await pilot.press("1")
        narrative = typist.form.questions.told("narrative")
        narrative.focus()
        await typist.tell(f"商户电话{PHONE}不接")
        assert narrative.value == "商户电话****5678不接"
        assert PHONE not in text(app)
        assert "已遮盖 手机号 1" in text(app)
        await pilot.press("ctrl+o")
        await until(pilot, lambda: PHONE in narrative.value)
        assert [narrative.value[slice(*each)] for each in narrative.said.exempt] == [PHONE]
        assert narrative.said.masked == {}
        await pilot.press(*"，又打")
        assert PHONE in narrative.value, "what is exempt stays while more is typed"
        await until(pilot, lambda: desk.drafts and desk.drafts[-1].narrative.text == narrative.value)
        assert desk.drafts[-1].narrative.exempt == narrative.said.exempt


@on_screen
async def test_a_number_at_the_end_is_masked_when_the_field_is_left() -> None:
    desk = RegisterFake()
    async with form_open(desk) as (app, pilot, typist):
        await pilot.press("1")
        typist.form.questions.told("narrative").focus()
        await typist.tell(f"回电{PHONE}")
        await pilot.press("tab")
        await until(pilot, lambda: PHONE not in text(app) and "****5678" in text(app))


@on_screen
async def test_what_is_wrong_stands_beside_its_question_and_nothing_is_lost() -> None:
    wrong = [FieldError("narrative", "narrative_short", least=6), FieldError("group_size", "number_unreadable")]
    desk = RegisterFake(refusal=FieldErrors(wrong))
    async with form_open(desk) as (app, pilot, typist):
        await typist.press("1", to="customer-field")
        await typist.customer()
        await typist.press(*"fwtd", "enter", to="narrative")
        await typist.tell("态度差")
        assert not typist.form.questions.asked("group_size").region
        await pilot.press("f10")
        await until(pilot, lambda: "请至少写 6 个字" in text(app))
        assert typist.focus == "narrative"
        assert typist.form.questions.told("narrative").value == "态度差"
        assert typist.form.questions.customer.value == "h1"
        assert "-closed" not in typist.form.query_one("#register-more").classes, "its question had been closed"

        desk.refusal = None
        await typist.tell("，还让我重新排队")
        await pilot.press("f10")
        await until(pilot, lambda: desk.registered)


@on_screen
async def test_enter_alone_chooses_nobody_and_nothing() -> None:
    desk = RegisterFake()
    async with form_open(desk) as (app, pilot, typist):
        await typist.press("1", to="customer-field")
        await pilot.press("enter")
        await until(pilot, lambda: "按 0 登记为匿名" in text(app))
        await typist.customer()
        assert "按 0 登记为匿名" not in text(app)
        await pilot.press("enter")
        await until(pilot, lambda: "请选择类别" in text(app))
        assert typist.form.questions.category.value == ""
        await pilot.press("down", "enter")
        await until(pilot, lambda: typist.focus == "narrative")
        assert typist.form.questions.category.value != ""


@on_screen
async def test_last_digits_that_nobody_has_are_taken_down_as_they_are() -> None:
    desk = RegisterFake(people=(TAIL,))
    async with form_open(desk) as (app, pilot, typist):
        await typist.press("1", to="customer-field")
        await pilot.press(*"8000", "enter")
        await until(pilot, lambda: typist.focus == "category-field")
        assert typist.form.questions.customer.value == "h2"
        assert "本网点无记录" in text(app)
        await pilot.press("shift+tab", *"13812348000", "enter")
        await until(pilot, lambda: typist.focus == "category-field")
        assert "13812348000" not in text(app), "a whole number leaves the screen with the choice"


@on_screen
async def test_the_picker_knows_chinese_english_and_initials() -> None:
    app = host(RegisterFake())
    async with app.run_test(size=SIZE) as pilot:
        typist = Typist(pilot, RegisterFake())
        await typist.ready()
        await typist.press("2", to="customer-field")
        picker = typist.form.questions.category
        for typed in ("cfkk", "重复", "twice"):
            picker.put(None)
            picker.field.focus()
            await pilot.press(*typed, "enter")
            await until(pilot, lambda: typist.focus == "narrative")
            assert picker.value == "double_charge", typed
        picker.put(None)
        picker.field.focus()
        await pilot.pause()
        for key in (*"yszp", "enter"):  # all at once, as over a slow line
            app.simulate_key(key)
        await until(pilot, lambda: typist.focus == "narrative")
        assert picker.value == "fraud"


@on_screen
async def test_repeats_stand_at_the_side_and_take_what_was_typed() -> None:
    desk = RegisterFake(hints=(REPEAT, replace(REPEAT, subject="case/2", elsewhere=True)))
    async with form_open(desk) as (app, pilot, typist):
        await typist.press("1", to="customer-field")
        await typist.customer()
        await until(pilot, lambda: "可能重复 2" in text(app) and REPEAT.number in text(app))
        assert typist.focus == "category-field", "they hinder nobody"
        await typist.press(*"fwtd", "enter", to="narrative")
        await typist.tell()
        await pilot.press("ctrl+g")
        await until(pilot, lambda: typist.focus == "repeats-list")
        await pilot.press("down", "enter")
        await pilot.pause()
        assert not isinstance(app.screen, Confirm), "nobody here adds to another branch's case"
        await pilot.press("up", "enter")
        await until(pilot, lambda: isinstance(app.screen, Confirm) and typist.focus == "cancel")
        await pilot.press("right", "enter")
        await until(pilot, lambda: desk.followed)
        assert [(case, form.narrative.text) for case, form in desk.followed] == [("case/1", TOLD)]
        await until(pilot, lambda: typist.focus == "kind" and not typist.form.questions.begun())
        assert not desk.registered


KINDS = {
    "1": ({"want", "contact", "promise"}, {"amount", "reference"}),
    "2": ({"want", "contact", "promise", "amount", "reference", "counterparty"}, set[str]()),
    "3": ({"category", "contact"}, {"want", "amount"}),
    "4": ({"category"}, {"want", "contact", "promise", "amount"}),
    "5": ({"contact", "promise"}, {"want", "amount"}),
    "6": ({"contact"}, {"want", "amount"}),
}


@on_screen
async def test_each_kind_asks_only_what_it_needs() -> None:
    app = host(RegisterFake())
    async with app.run_test(size=SIZE) as pilot:
        typist = Typist(pilot, RegisterFake())
        await typist.ready()
        for key, (asked, not_asked) in KINDS.items():
            typist.form.query_one("#kind").focus()
            await typist.press(key, to="customer-field")
            shown = {each.field for each in typist.form.query(Asked) if each.display}
            assert asked <= shown, key
            assert not not_asked & shown, key


@on_screen
async def test_hostile_texts_are_only_texts() -> None:
    for bad in ("[/ 未闭合", " ".join([*MARKUP, *CONTROL, *INVISIBLE]), "长" * 5000):
        person = replace(ZHANG, name=bad, number=f"{bad}8000", known_by=bad)
        hint = replace(REPEAT, number=bad, why=bad, status=bad, day=bad, text=bad)
        draft = replace(DRAFT, customer=person, since=bad, form=replace(DRAFT.form, narrative=Said(bad)))
        desk = RegisterFake(people=(person,), hints=(hint,), draft=draft)
        app = host(desk)
        async with app.run_test(size=SIZE) as pilot:
            await until(pilot, lambda app=app: isinstance(app.screen, PickDialog))  # type: ignore[misc]
            assert not FORBIDDEN & set(text(app))
            await pilot.press("enter")
            await until(pilot, lambda app=app: "Ctrl+G" in text(app))  # type: ignore[misc]
            assert not FORBIDDEN & set(text(app))


@on_screen
async def test_an_empty_form_needs_only_the_screen_of_a_small_terminal() -> None:
    for language in ("zh", "en"):
        desk = RegisterFake(hints=(REPEAT,))
        app = host(desk, language)
        async with app.run_test(size=SIZE) as pilot:
            typist = Typist(pilot, desk)
            await typist.ready()
            await typist.press("2", to="customer-field")
            await typist.customer()
            await typist.press(*"cf", "enter", to="narrative")
            await typist.tell()
            await until(pilot, lambda: typist.form.repeating.found)  # noqa: B023
            for asked in typist.form.query(Asked):
                if asked.display and asked.field not in {"source", "group_size", "vulnerable", "received_at"}:
                    assert asked.region.bottom <= SIZE[1] - 1, asked
            assert typist.form.query_one("#save").region.bottom <= SIZE[1] - 1
            for field in typist.form.query(TextField):
                assert field.region.right <= SIZE[0], field  # the cursor at its end would be out of sight
