"""Every number has its definition a key away, also where the console is small; help and palette know every section."""

from dataclasses import replace
from typing import Any

import pytest

from branch_console.figure_views.board import SECTIONS
from branch_console.figure_views.tables import Drill
from branch_console.locale import LANGUAGES, set_language, t
from screens.board.area_screen import AreaScreen
from screens.board.board_screen import BoardScreen
from screens.board.defining import asked_figures
from screens.board.definitions_screen import DefinitionsScreen
from screens.board.lines import board_lines
from screens.board.rows_screen import RowsScreen
from screens.help import Help
from tests.screens.board import sample
from tests.screens.board.fakes import FakeFigures, Host
from tests.screens.board.looking import funnel, shown
from tests.screens.driving import SIZE, on_screen, text, until


@on_screen
async def test_a_question_mark_says_what_the_cursor_is_on_first() -> None:
    app = Host(FakeFigures(), BoardScreen())
    async with app.run_test(size=SIZE) as pilot:
        await shown(pilot)
        await pilot.press("shift+tab", "right", "question_mark")
        await until(pilot, lambda: isinstance(app.screen, DefinitionsScreen) and "数的是" in text(app))
        said = text(app)
        assert said.index("指标 journeys.onboarded") < said.index("指标 journeys.received")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))
        await pilot.press("tab")
        await funnel(pilot)
        await pilot.press("ctrl+e")
        await until(pilot, lambda: isinstance(app.screen, DefinitionsScreen) and "指标 funnel.reached" in text(app))


@on_screen
@pytest.mark.parametrize("kind", [RowsScreen, AreaScreen])
async def test_rows_and_area_have_it_too(kind: type) -> None:
    screen = RowsScreen(Drill("journeys.onboarded"), sample.TODAY) if kind is RowsScreen else AreaScreen(sample.TODAY)
    app = Host(FakeFigures(), screen)
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: app.focused is not None and bool(getattr(app.screen, "_view", None)))
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, DefinitionsScreen) and "数的是" in text(app))


def test_every_number_of_every_section_is_asked_for() -> None:
    for section in SECTIONS:
        view = sample.board(sample.TODAY, section)
        found = set(asked_figures(view, None, None))
        drills = {line.drill.figure for line in board_lines(view) if line.drill is not None and not line.signal}
        assert drills <= found, section
        assert all(set(table.figures) <= found for table in view.tables), section
    assert asked_figures(None, None, None) == ()
    first = asked_figures(view, Drill("cases.open"), None)
    assert first[0] == "cases.open" and len(first) == len(set(first))
    assert asked_figures(replace(view, tables=(), tiles=()), None, None) == ()


@on_screen
async def test_help_explains_sections_states_and_keys() -> None:
    app = Host(FakeFigures(), BoardScreen())
    async with app.run_test(size=(80, 60)) as pilot:
        await shown(pilot)
        await app.push_screen(Help(app.screen))
        await until(pilot, lambda: isinstance(app.screen, Help) and "进行中：" in text(app))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_help_names_every_section_state_and_sign(language: Any) -> None:
    set_language(language)
    try:
        said = t("board.help").lower()
        for section in SECTIONS:
            assert t(f"board.tab.{section}").lower() in said, section
        for state in ("running", "provisional", "complete", "timed_out", "frozen"):
            assert t(f"board.state.{state}").lower() in said, state
        assert all(
            each in said for each in ("—", "<5", "✱", "ctrl+g", "ctrl+k", "ctrl+e", "ctrl+x", "ctrl+d", "ctrl+a")
        )
    finally:
        set_language("zh")


def test_the_palette_has_every_section_and_the_definitions() -> None:
    commands = {each.action for each in BoardScreen().commands()}
    assert {f"turn('{each}')" for each in SECTIONS} | {"do('define')", "do('pick_day')"} <= commands
