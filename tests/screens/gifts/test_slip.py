"""The slip: as on paper, its code, its PDF."""

from dataclasses import replace

from rich.cells import cell_len

from branch_console.locale import t
from branch_console.rules.errors import RuleError
from screens.gifts.paper import Paper
from screens.gifts.slip_screen import PAPER, SlipScreen
from screens.widgets.qr_code import QrCode
from tests.screens.driving import SIZE, on_screen, text, until
from tests.screens.gifts import sample
from tests.screens.gifts.fakes import FakeGiftDesk
from tests.screens.gifts.host import Host, on_top


@on_screen
async def test_paper_and_code_stand_side_by_side_where_there_is_room() -> None:
    app = Host(FakeGiftDesk(), SlipScreen(sample.slip()))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: on_top(app, SlipScreen) and "礼品发放回执" in text(app))
        paper = app.screen.query_one(Paper)
        assert all(sum(cell_len(part) for part, _tone in line) == PAPER for line in paper.lines)
        assert paper.scrollable_content_region.width >= PAPER
        assert "█" in text(app) and t("gifts.key.qr") not in text(app)


@on_screen
async def test_a_small_console_turns_from_the_paper_to_the_code_and_back() -> None:
    app = Host(FakeGiftDesk(), SlipScreen(sample.slip()))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "礼品发放回执" in text(app))
        assert not app.screen.query_one(QrCode).display
        await pilot.press("ctrl+e")
        await until(pilot, lambda: "█" in text(app) and "礼品发放回执" not in text(app))
        code = app.screen.query_one(QrCode)
        assert code.region.height * 2 >= code.modules  # the whole code, not a part of it
        await pilot.press("ctrl+e")
        await until(pilot, lambda: "礼品发放回执" in text(app))


@on_screen
async def test_a_slip_without_code_has_no_key_for_one() -> None:
    app = Host(FakeGiftDesk(), SlipScreen(replace(sample.slip(), qr="")))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "礼品发放回执" in text(app))
        assert t("gifts.key.qr") not in text(app)
        await pilot.press("ctrl+e")
        assert "礼品发放回执" in text(app)


@on_screen
async def test_the_pdf_is_saved_once_and_its_place_stays_on_the_screen() -> None:
    desk = FakeGiftDesk()
    app = Host(desk, SlipScreen(sample.slip()))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: on_top(app, SlipScreen))
        desk.gate.clear()
        await pilot.press("ctrl+s", "ctrl+s")
        desk.gate.set()
        await until(pilot, lambda: "/invented/slips/755001-K02-0007.pdf" in text(app))
        app.speak("en")
        await until(pilot, lambda: "Saved to /invented" in text(app))
        await pilot.press("enter")
        await until(pilot, lambda: app.answers == [None])
    assert desk.named("save_slip") == [("save_slip", "claim/1")]


@on_screen
async def test_a_pdf_that_cannot_be_saved_is_said_and_may_be_tried_again() -> None:
    desk = FakeGiftDesk(error=RuleError("locked"))
    app = Host(desk, SlipScreen(sample.slip()))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: on_top(app, SlipScreen))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.errors)
        await pilot.press("escape")
        await until(pilot, lambda: on_top(app, SlipScreen))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "/invented/slips" in text(app))
