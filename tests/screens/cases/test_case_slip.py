"""The slip of a case on the screen: printed once when it opens, once for each other language, once for each PDF."""

import pytest
from rich.cells import cell_len

from branch_console.locale import LANGUAGES, Language
from branch_console.rules.errors import RuleError
from screens.cases.slip_screen import CaseSlipScreen
from screens.gifts.paper import Paper
from screens.gifts.slip_screen import PAPER
from screens.widgets.error_box import ErrorBox
from screens.widgets.qr_code import QrCode
from tests.hostile import HOSTILE
from tests.screens.cases.paper import NUMBER, PaperDesk, PaperHost
from tests.screens.driving import SIZE, lines, on_screen, text, until

CASE = "case/0190c0de-0000-7000-8000-00000000c001"
TITLE = {"zh": "投诉登记回执", "en": "Receipt:"}


def screen() -> CaseSlipScreen:
    return CaseSlipScreen(CASE, "receipt")


@pytest.mark.parametrize("size", [SIZE, (120, 40)])
@pytest.mark.parametrize("spoken", LANGUAGES)
def test_the_slip_is_printed_once_in_the_language_of_the_screen(size: tuple[int, int], spoken: Language) -> None:
    @on_screen
    async def shown() -> None:
        desk = PaperDesk()
        app = PaperHost(desk, screen(), language=spoken)
        async with app.run_test(size=size) as pilot:
            await until(pilot, lambda: TITLE[spoken] in text(app) and app.screen.query(QrCode))
            paper = app.screen.query_one(Paper)
            assert all(sum(cell_len(part) for part, _tone in line) == PAPER for line in paper.lines)
            assert ("█" in text(app)) is (size != SIZE)
            if size == SIZE:
                await pilot.press("ctrl+e")
                await until(pilot, lambda: "█" in text(app))
                code = app.screen.query_one(QrCode)
                assert code.region.height * 2 >= code.modules  # the whole code, not a part of it
        assert desk.calls == [("slip", CASE, "receipt", spoken)]

    shown()


@on_screen
async def test_the_customers_language_is_not_that_of_the_screen() -> None:
    desk = PaperDesk()
    app = PaperHost(desk, screen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: TITLE["zh"] in text(app))
        await pilot.press("ctrl+g")
        await until(pilot, lambda: TITLE["en"] in text(app))
        assert "换语言" in text(app)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: f"已存到 /invented/slips/{NUMBER}-receipt-en.pdf" in text(app).replace("\n", ""))
        app.speak("en")
        await until(pilot, lambda: "Other language" in text(app) and TITLE["en"] in text(app))
        await pilot.press("enter")
        await until(pilot, lambda: app.answers == [None])
    assert [call[0::3] for call in desk.calls] == [("slip", "zh"), ("slip", "en"), ("save_slip", "en")]


@on_screen
async def test_keys_pressed_twice_print_once() -> None:
    desk = PaperDesk()
    app = PaperHost(desk, screen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: TITLE["zh"] in text(app))
        desk.gate.clear()
        await pilot.press("ctrl+g", "ctrl+g")
        desk.gate.set()
        await until(pilot, lambda: TITLE["en"] in text(app))
    assert len(desk.calls) == 2


@on_screen
async def test_a_slip_that_there_is_not_says_why_and_leaves() -> None:
    app = PaperHost(PaperDesk(error=RuleError("decision_missing")), CaseSlipScreen(CASE, "decision"))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: app.answers == [None])
        assert [str(each) for each in app.errors] == [str(RuleError("decision_missing"))]
        await until(pilot, lambda: isinstance(app.screen, ErrorBox))
        assert not [each for each in app.screen_stack if isinstance(each, CaseSlipScreen)]


@on_screen
async def test_a_case_without_token_has_no_code() -> None:
    app = PaperHost(PaperDesk(code=""), screen())
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: TITLE["zh"] in text(app))
        assert not app.screen.query(QrCode)
        assert "二维码" not in text(app)


@on_screen
async def test_hostile_texts_are_data() -> None:
    app = PaperHost(PaperDesk(said=" ".join(HOSTILE)), screen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: TITLE["zh"] in text(app))
        assert len(lines(app)) <= SIZE[1]
        assert all(cell_len(line.rstrip()) <= SIZE[0] for line in lines(app))
        assert not [character for character in text(app) if not (character.isprintable() or character == "\n")]
