"""Texts that want to break a screen or steer the terminal are shown as text, everywhere."""

from dataclasses import replace

import pytest
from rich.cells import cell_len
from textual.app import ComposeResult
from textual.widgets import Static

from branch_console.views import SessionFacts, StaffChoice, TerminalFacts
from screens.lock import Lock
from screens.login import Login
from screens.shell import Shell
from screens.text import fit, one_line, plain, styled, wrap
from screens.widgets.choices import Choices, Option
from screens.widgets.confirm import Confirm
from screens.widgets.error_box import ErrorBox
from screens.widgets.facts import Fact, Facts
from screens.widgets.field import Field
from screens.widgets.row_drawing import Column
from screens.widgets.row_list import RowList
from screens.widgets.row_pages import Rows
from screens.widgets.status_line import Status, StatusLine
from screens.widgets.text_field import TextField
from tests.hostile import FORBIDDEN, HOSTILE, TOGETHER
from tests.screens.driving import console, on_screen, text, until, working
from tests.screens.fakes import SYNC, FakeServices, journey_line

ids = [f"{number:02}" for number in range(len(HOSTILE))]


def harmless(shown: str) -> None:
    assert not FORBIDDEN & set(shown)


class Everything(Shell):
    """Every widget of ours with the same text in every place that takes one."""

    def __init__(self, hostile: str) -> None:
        super().__init__()
        self.hostile = hostile

    def compose(self) -> ComposeResult:
        text = self.hostile
        yield StatusLine()
        yield Static(plain(text))
        yield Static(styled("[b]$name[/b] 您好", name=text))
        field = Field(text, TextField(text, placeholder=one_line(text)), hint=text)
        field.error = text
        yield field
        yield Choices([Option("a", text, note=text), Option("b", text, why_not=text)])
        facts = Facts()
        facts.show([Fact(text, text)])
        yield facts
        yield RowList(
            Rows([text]), [Column(one_line(text), 10), Column()], cells=lambda row: (row, row), key=str, empty=text
        )

    def on_mount(self) -> None:
        self.show_status(Status(self.hostile, self.hostile, self.hostile, "引导员", "online", 1, 1, "14:20", True))
        for line in self.query(StatusLine):
            line.status = self.status
        self.notify(self.hostile, title=self.hostile)


@pytest.mark.parametrize("hostile", TOGETHER, ids=["markup", "control", "invisible", "long"])
@on_screen
async def test_every_widget_shows_it_as_text(hostile: str) -> None:
    app = Everything(hostile)
    async with app.run_test(size=(100, 40), notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        harmless(text(app))
        app.push_screen(Confirm(hostile, hostile, yes=hostile))
        await until(pilot, lambda: isinstance(app.screen, Confirm) and app.screen.is_mounted)
        harmless(text(app))
        app.push_screen(ErrorBox(hostile, hostile))
        await until(pilot, lambda: isinstance(app.screen, ErrorBox) and app.screen.is_mounted)
        harmless(text(app))


@on_screen
async def test_every_screen_shows_them_as_text() -> None:
    services = FakeServices(
        terminal=TerminalFacts("1", HOSTILE[1], "1", HOSTILE[2]),
        people=tuple(StaffChoice(f"G{number}", hostile, "guide") for number, hostile in enumerate(HOSTILE)),
    )
    lines = tuple(
        journey_line(number, hostile, phone=hostile, step_title=hostile, elsewhere=hostile, holder_name=hostile)
        for number, hostile in enumerate(HOSTILE)
    )
    services.sync = replace(
        SYNC,
        quarantined=tuple((number, hostile, hostile, hostile) for number, hostile in enumerate(TOGETHER)),
        waiting=tuple((hostile[:5], hostile, hostile) for hostile in HOSTILE),
        own_hash=HOSTILE[3],
        central_hash=HOSTILE[17],
        epoch=HOSTILE[18],
        problem=HOSTILE[19],
        last_contact=HOSTILE[20],
    )
    services.today_view = replace(services.today_view, lines=lines, total_lines=len(lines), sync=services.sync)
    app = console(services)
    async with app.run_test(size=(120, 60), notifications=True, tooltips=True) as pilot:
        await until(pilot, lambda: isinstance(app.screen, Login) and app.screen.query_one("#who", Choices).options)
        harmless(text(app))
        services.people = (StaffChoice("G1001", HOSTILE[0], "guide"),)
        await working(pilot)
        services.session = SessionFacts("G1001", HOSTILE[17], "guide")
        app.refresh_status()
        while (rows := app.screen.query_one("#continue", RowList)).cursor < len(HOSTILE) - 1:
            await pilot.press("pagedown")
            await until(pilot, lambda: not app.workers)
            harmless(text(app))
        assert rows.total == len(HOSTILE)
        await pilot.press("f8")
        await until(pilot, lambda: app.screen.query_one("#held", RowList).total)
        harmless(text(app))
        app.screen.query_one("#held").focus()
        for _ in TOGETHER:
            await pilot.press("down", "enter")
            await until(pilot, lambda: isinstance(app.screen, ErrorBox))
            harmless(text(app))
            await pilot.press("escape")
        await pilot.press("ctrl+l")
        await until(pilot, lambda: isinstance(app.screen, Lock))
        await pilot.pause()
        harmless(text(app))


@pytest.mark.parametrize("hostile", HOSTILE, ids=ids)
def test_a_cell_is_exactly_as_wide_as_asked(hostile: str) -> None:
    for cells in (0, 1, 2, 3, 7, 40):
        assert cell_len(fit(one_line(hostile), cells)) == cells
        assert cell_len(fit(one_line(hostile), cells, right=True)) == cells
        if cells > 1:
            assert all(cell_len(line) <= cells for line in wrap(plain(hostile).plain, cells))
