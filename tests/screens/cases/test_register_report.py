"""The complaint register on the screen: the period decides what is shown, and what is shown is what is saved."""

from dataclasses import replace
from datetime import date

import pytest
from rich.cells import cell_len

from branch_console.case_views.reports import RegisterView
from branch_console.locale import LANGUAGES, Language
from branch_console.rules.errors import RuleError
from screens.cases.reports.register_report_screen import RegisterReportScreen
from screens.widgets.error_box import ErrorBox
from tests.hostile import CONTROL, FORBIDDEN, INVISIBLE, MARKUP
from tests.screens.cases.paper import PaperDesk, PaperHost
from tests.screens.driving import SIZE, lines, on_screen, text, until

HOSTILE = " ".join((*MARKUP, *CONTROL, *INVISIBLE))


@pytest.mark.parametrize("size", [SIZE, (120, 40)])
@pytest.mark.parametrize("spoken", LANGUAGES)
def test_counts_first_then_cases(size: tuple[int, int], spoken: Language) -> None:
    @on_screen
    async def shown() -> None:
        app = PaperHost(PaperDesk(said="重复扣款"), RegisterReportScreen(), language=spoken)
        async with app.run_test(size=size) as pilot:
            await until(pilot, lambda: "A04" in text(app) and "100.0%" in text(app))
            assert ("占位" if spoken == "zh" else "placeholder") in text(app)
            assert "TS-SZ01" not in text(app)
            await pilot.press("e")
            await until(pilot, lambda: "TS-SZ01-A001-261122-0003-24" in text(app))
            assert "A05 B04 C09" in text(app)
            assert ("已并案" if spoken == "zh" else "merged") in text(app)
            await pilot.press("e")
            await until(pilot, lambda: "100.0%" in text(app))

    shown()


@on_screen
async def test_another_period_is_read_and_saved() -> None:
    desk = PaperDesk()
    app = PaperHost(desk, RegisterReportScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "2026-11-01 至 2026-11-22" in text(app))
        await pilot.press("right")
        await until(pilot, lambda: "2026-10-01 至 2026-10-31" in text(app) and "100.0%" in text(app))
        await pilot.press("s")
        await until(pilot, lambda: "XLSX" in text(app))
        await pilot.press("down", "enter")
        await until(pilot, lambda: "已存到 /invented/slips/SZ01-complaints-20261001-20261031.csv" in text(app))
        await pilot.press("right")  # the file was of another period
        await until(pilot, lambda: "/invented/slips" not in text(app))
    assert ("save", "2026-10-01", "2026-10-31", "csv") in desk.calls


@on_screen
async def test_dates_of_ones_own() -> None:
    desk = PaperDesk()
    app = PaperHost(desk, RegisterReportScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "100.0%" in text(app))
        await pilot.press("d")
        await until(pilot, lambda: "YYYY-MM-DD" in text(app))
        await pilot.press(*"2026-08-01", "enter", *"2026-02-30", "enter")
        await until(pilot, lambda: "止不早于起" in text(app))
        await pilot.press(*"2026-08-31", "enter")
        await until(pilot, lambda: ("register", "2026-08-01", "2026-08-31") in desk.calls)
        await until(pilot, lambda: "2026-08-01 至 2026-08-31" in text(app))


@on_screen
async def test_who_may_not_see_it_is_told_so_and_is_back_where_they_were() -> None:
    desk = PaperDesk(refused=RuleError("role_may_not"))
    app = PaperHost(desk, RegisterReportScreen(), role="guide")
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: app.answers == [None])
        await until(pilot, lambda: isinstance(app.screen, ErrorBox))
        assert [str(each) for each in app.errors] == [str(RuleError("role_may_not"))]
        assert not [each for each in app.screen_stack if isinstance(each, RegisterReportScreen)]


@on_screen
async def test_hostile_texts_are_data() -> None:
    app = PaperHost(PaperDesk(said=HOSTILE), RegisterReportScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "100.0%" in text(app))
        await pilot.press("e")
        await until(pilot, lambda: "TS-SZ01" in text(app))
        assert all(cell_len(line.rstrip()) <= SIZE[0] for line in lines(app))
        assert not FORBIDDEN & set(text(app))


@on_screen
async def test_as_of_when_is_read_on_a_small_console_however_long_the_definition_is() -> None:
    class Wordy(PaperDesk):
        def complaint_register(self, since: date, until: date) -> RegisterView:
            return replace(super().complaint_register(since, until), said=("口径。" * 400, "as of 18:44"))

    app = PaperHost(Wordy(), RegisterReportScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "口径。" in text(app))
        assert "as of 18:44" in text(app)
