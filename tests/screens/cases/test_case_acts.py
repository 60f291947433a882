"""The forms of acts: questions that depend on answers, a wizard page by page, nothing typed is lost."""

from dataclasses import replace

import pytest
from textual.widget import Widget

from branch_console.case_views.working import Page, Question
from branch_console.locale import set_language, t
from branch_console.rules.errors import FieldError, FieldErrors, RuleError
from screens.cases.view.act_screen import ActScreen
from screens.cases.view.long_text import LongText
from screens.gifts.goods.pick_row import PickRow
from screens.onboarding.proceed import Proceed
from screens.widgets.password_field import PasswordField
from screens.widgets.text_field import TextField
from tests.hostile import FORBIDDEN, HOSTILE
from tests.screens.cases.case_desk import CaseHost, FakeCaseDesk, contact_form, on_top, wizard
from tests.screens.driving import lines, on_screen, text, until

NARROW = (80, 24)


def ready(app: CaseHost) -> bool:
    """The form stands."""
    return on_top(app, ActScreen)


def there(app: CaseHost, name: str) -> Widget:
    """The editor of a question."""
    return app.screen.query_one(f"#q-{name}")


def asked(app: CaseHost, name: str) -> bool:
    """Whether a question is asked now."""
    return app.screen.query_one(f"#asked-{name}").display


@on_screen
async def test_a_contact_by_keys_alone_ends_with_the_next_promise() -> None:
    desk = FakeCaseDesk()
    app = CaseHost(desk, ActScreen(contact_form()))
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: ready(app))
        await pilot.press("1")
        await until(pilot, lambda: isinstance(app.focused, LongText))
        await pilot.press(*"told them", "enter", "1", *"+2", "enter")
        await until(pilot, lambda: isinstance(app.focused, Proceed))
        assert not desk.named("act")
        await pilot.press("enter")
        await until(pilot, lambda: app.answers)
    answers = {"way": ("phone",), "text": ("told them",), "ends_with": ("promise",), "promise_at": ("+2",)}
    assert desk.named("act") == [("act", "contact_out", answers, "", "")]


@on_screen
async def test_without_promise_or_decision_it_is_not_sent_and_says_where() -> None:
    desk = FakeCaseDesk()
    app = CaseHost(desk, ActScreen(contact_form()))
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: ready(app))
        await pilot.press("f10")
        await until(pilot, lambda: t("error.text_missing") in text(app) and t("error.promise_missing")[:8] in text(app))
        assert not desk.named("act") and app.focused is there(app, "text")


@on_screen
async def test_ended_by_a_decision_no_promise_is_asked_for() -> None:
    desk = FakeCaseDesk()
    app = CaseHost(desk, ActScreen(contact_form()))
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: ready(app))
        assert asked(app, "promise_at")
        there(app, "ends_with").focus()
        await pilot.press("2")
        await until(pilot, lambda: not asked(app, "promise_at"))
        there(app, "text").focus()
        await pilot.press(*"done", "f10")
        await until(pilot, lambda: app.answers)
    assert desk.named("act")[0][2] == {"way": ("phone",), "text": ("done",), "ends_with": ("decision",)}


@on_screen
async def test_the_wizard_leaves_no_page_before_it_is_answered() -> None:
    desk = FakeCaseDesk(form=wizard)
    app = CaseHost(desk, ActScreen(wizard()))
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: ready(app) and "1/3" in text(app))
        await pilot.press("f10")
        await until(pilot, lambda: t("error.facts_missing")[:8] in text(app))
        assert "1/3 查明的事实" in text(app) and not desk.named("act")
        await pilot.press("1", *"double entry", "f10")
        await until(pilot, lambda: "2/3" in text(app))
        await pilot.press(*"clause 7", "f10")
        await until(pilot, lambda: "3/3" in text(app) and isinstance(app.focused, PickRow))
        assert not asked(app, "remedies_told")
        await pilot.press("1")
        await until(pilot, lambda: asked(app, "remedies_told"))
        await pilot.press("1", "enter")
        await until(pilot, lambda: isinstance(app.focused, PickRow) and app.focused.id == "second-staff")
        await pilot.press("2")
        await until(pilot, lambda: isinstance(app.focused, PasswordField))
        app.screen.query_one(PasswordField).value = "theirs"
        await pilot.press("f10")
        await until(pilot, lambda: app.answers)
    _name, act, answers, approver, password = desk.named("act")[0]
    assert (act, approver, password) == ("decided", "S2001", "theirs")
    assert answers["remedies"] == ("review", "mediation") and answers["remedies_told"] == ("yes",)


@on_screen
async def test_a_refusal_about_an_earlier_page_leads_back_to_it() -> None:
    desk = FakeCaseDesk(form=wizard, error=FieldError("facts", "facts_missing", least=6))
    app = CaseHost(desk, ActScreen(wizard()))
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: ready(app))
        await pilot.press("1", *"x", "f10")
        await until(pilot, lambda: "2/3" in text(app))
        await pilot.press(*"clause 7", "f10")
        await until(pilot, lambda: "3/3" in text(app) and isinstance(app.focused, PickRow))
        await pilot.press("2", "f10")
        await until(pilot, lambda: "1/3" in text(app) and t("error.facts_missing", least=6)[:8] in text(app))
        assert there(app, "facts").has_focus and not app.answers
        await pilot.press("f10")
        await until(pilot, lambda: "2/3" in text(app))
        assert isinstance(there(app, "basis"), LongText) and there(app, "basis").words == "clause 7"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("error", "where"),
    [(RuleError("approver_missing"), "second-staff"), (RuleError("unlock_wrong"), "second-password")],
)
@on_screen
async def test_what_is_wrong_with_the_second_person_stands_beside_them(error: RuleError, where: str) -> None:
    form = wizard(pages=wizard().pages[:1])
    desk = FakeCaseDesk(error=error)
    app = CaseHost(desk, ActScreen(form))
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: ready(app))
        await pilot.press("1", *"double entry", "f10")
        await until(pilot, lambda: t(f"error.{error.code}")[:6] in text(app))
        assert app.focused is not None and app.focused.id == where
        assert not app.errors


@on_screen
async def test_what_is_typed_is_kept_within_a_second_and_no_more_once_it_is_sent() -> None:
    desk = FakeCaseDesk()
    app = CaseHost(desk, ActScreen(contact_form()))
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: ready(app))
        there(app, "text").focus()
        await pilot.press(*"half")
        await until(pilot, lambda: any(each[2].get("text") == ("half",) for each in desk.named("keep_act")))
        there(app, "promise_at").focus()
        await pilot.press(*"+2", "f10")
        await until(pilot, lambda: app.answers)
    order = [each[0] for each in desk.calls]
    assert "keep_act" not in order[order.index("act") :]


@on_screen
async def test_leaving_keeps_what_was_typed_and_discarding_forgets_it() -> None:
    desk = FakeCaseDesk()
    app = CaseHost(desk, ActScreen(contact_form(back=True)))
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: ready(app))
        assert t("cases.form_is_back") in text(app)
        await pilot.press("ctrl+y")
        await until(pilot, lambda: t("cases.forget.title") in text(app))
        await pilot.press("enter")
        await until(pilot, lambda: ready(app))
        assert not desk.named("drop_act")  # the first answer is to stay: one key loses nothing
        await pilot.press("ctrl+y")
        await until(pilot, lambda: t("cases.forget.title") in text(app))
        await pilot.press("right", "enter")
        await until(pilot, lambda: app.answers == [None])
    assert desk.named("drop_act") == [("drop_act", "contact_out")]
    desk = FakeCaseDesk()
    app = CaseHost(desk, ActScreen(contact_form()))
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: ready(app))
        there(app, "text").focus()
        await pilot.press(*"half", "escape")
        await until(pilot, lambda: app.answers == [None])
    assert desk.named("keep_act")[-1][2]["text"] == ("half",)


@on_screen
async def test_two_presses_write_once() -> None:
    desk = FakeCaseDesk()
    app = CaseHost(desk, ActScreen(contact_form()))
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: ready(app))
        there(app, "text").focus()
        await pilot.press(*"x")
        there(app, "promise_at").focus()
        await pilot.press(*"+2")
        await until(pilot, lambda: any(each[2].get("promise_at") for each in desk.named("keep_act")))
        desk.gate.clear()
        await pilot.press("f10", "f10", "f10")
        screen, editor = app.screen, there(app, "text")
        assert isinstance(screen, ActScreen) and isinstance(editor, LongText)
        editor._insert("y")
        screen.keep()
        desk.gate.set()
        await until(pilot, lambda: app.answers)
    assert len(desk.named("act")) == 1
    assert desk.calls[-1][0] == "act"  # nothing is kept of a form that is being written: it would be back afterwards


@on_screen
async def test_errors_stand_below_their_questions_and_a_long_text_is_one_paragraph() -> None:
    wrong = FieldErrors([FieldError("promise_at", "when_unreadable")])
    desk = FakeCaseDesk(error=wrong)
    app = CaseHost(desk, ActScreen(contact_form()))
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: ready(app))
        editor = there(app, "text")
        assert isinstance(editor, LongText)
        editor._insert("一行\n两行\u3000三行")
        there(app, "promise_at").focus()
        await pilot.press(*"soon", "f10")
        await until(pilot, lambda: t("error.when_unreadable")[:8] in text(app))
        rows = lines(app)
        at = next(number for number, row in enumerate(rows) if t("error.when_unreadable")[:8] in row)
        assert "soon" in rows[at - 1]
        assert there(app, "promise_at").has_focus and isinstance(there(app, "promise_at"), TextField)
        assert editor.words == "一行 两行 三行"


@on_screen
async def test_another_language_keeps_page_answers_and_words() -> None:
    desk = FakeCaseDesk(form=wizard)
    app = CaseHost(desk, ActScreen(wizard()))
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: ready(app))
        await pilot.press("1", *"double entry", "f10")
        await until(pilot, lambda: "2/3" in text(app))
        await pilot.press(*"clause")
        app.speak("en")
        await until(pilot, lambda: "Send" in text(app) and "2/3" in text(app))
        editor = there(app, "basis")
        assert isinstance(editor, LongText) and editor.words == "clause"
        facts = there(app, "facts")
        assert isinstance(facts, LongText) and facts.words == "double entry"
    set_language("zh")


@pytest.mark.parametrize("hostile", HOSTILE[::9], ids=[f"{number:02}" for number in range(len(HOSTILE[::9]))])
@on_screen
async def test_no_text_of_a_form_steers_the_screen(hostile: str) -> None:
    questions = (
        Question("text", "long", hostile, hostile, value=(hostile,)),
        Question("note", "text", hostile, hostile, value=(hostile,)),
        Question("way", "pick", hostile, hostile, options=(("a", hostile), ("b", hostile)), value=("a",)),
        Question("all", "many", hostile, hostile, options=(("a", hostile),), value=("a",)),
    )
    form = contact_form(title=hostile, lead=hostile, send=hostile, pages=(Page(hostile, questions),), approval=hostile)
    app = CaseHost(FakeCaseDesk(), ActScreen(form))
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: ready(app))
        assert not FORBIDDEN & set(text(app))
        assert "F10" in text(app)


@on_screen
async def test_a_second_person_who_does_not_exist_is_said() -> None:
    form = wizard(pages=wizard().pages[:1])
    for approvers in (form.approvers, ()):
        app = CaseHost(FakeCaseDesk(), ActScreen(replace(form, approvers=approvers)))
        async with app.run_test(size=NARROW) as pilot:
            await until(pilot, lambda app=app: ready(app))  # type: ignore[misc]
            assert (t("goods.second.nobody") in text(app)) is (not approvers)
