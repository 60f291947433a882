"""Ctrl+X: in which form, where the file is then, or why it is not there, beside the forms."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from branch_console.locale import LANGUAGES, Language, set_language, t
from branch_console.rules.errors import RuleError
from screens.board.board_screen import BoardScreen
from screens.board.export_screen import ExportScreen
from tests.hostile import CONTROL, FORBIDDEN, INVISIBLE, MARKUP
from tests.screens.board import sample
from tests.screens.board.fakes import FakeFigures, Host
from tests.screens.board.looking import shown
from tests.screens.driving import SIZE, lines, on_screen, text, until

HOSTILE = " ".join((*MARKUP, *CONTROL, *INVISIBLE))


class Files:
    """Where files would be written: what was asked, what is answered."""

    def __init__(self, answer: Callable[[str], Path] = lambda form: Path(f"/invented/slips/day.{form}")) -> None:
        self.asked: list[str] = []
        self.gate = threading.Event()
        self.gate.set()
        self._answer = answer

    def __call__(self, form: str) -> Path:
        self.asked.append(form)
        assert self.gate.wait(30)
        return self._answer(form)


def host(files: Files, view: Any = None, **more: Any) -> Host:
    """The dialog over an empty console."""
    return Host(FakeFigures(), ExportScreen(view or sample.board(sample.TODAY, "overview"), files), **more)


def said(app: Host) -> str:
    """What is on the screen without frame, blanks and breaks: a sentence goes on under itself."""
    return squeezed("".join(line.strip(" │╭╮╰╯─") for line in lines(app)))


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("size", [SIZE, (120, 40)])
@pytest.mark.parametrize("spoken", LANGUAGES)
def test_each_form_of_the_board_and_where_the_file_is(size: tuple[int, int], spoken: Language) -> None:
    @on_screen
    async def shown() -> None:
        files = Files()
        app = host(files, language=spoken)
        async with app.run_test(size=size) as pilot:
            await until(pilot, lambda: t("export.form.pdf") in text(app))
            view = sample.board(sample.TODAY, "overview")
            assert view.title in text(app) and view.state.label in text(app)
            for number, form in enumerate(("pdf", "xlsx", "csv")):
                await pilot.press(*["down"] * bool(number), "enter")
                await until(pilot, lambda form=form: f"/invented/slips/day.{form}" in said(app))  # type: ignore[misc]
            assert files.asked == ["pdf", "xlsx", "csv"]
            await pilot.press("escape")
            await until(pilot, lambda: not isinstance(app.screen, ExportScreen))
        assert app.errors == []

    shown()
    set_language("zh")


@on_screen
async def test_rows_have_no_pages() -> None:
    files = Files()
    app = host(files, sample.rows(sample.TILES[0].drill, sample.TODAY))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "CSV" in text(app))
        assert "XLSX" in text(app) and "PDF" not in text(app)
        await pilot.press("2")
        await until(pilot, lambda: files.asked == ["csv"])


@pytest.mark.parametrize("code", ["report_disk_full", "report_not_saved", "journal_unanchored", "role_may_not"])
def test_what_goes_wrong_is_said_beside_the_forms_and_another_try_is_free(code: str) -> None:
    @on_screen
    async def refused() -> None:
        answers: list[Exception | None] = [RuleError(code), None]

        def answer(form: str) -> Path:
            if (error := answers.pop(0)) is not None:
                raise error
            return Path(f"/invented/{form}")

        app = host(Files(answer))
        async with app.run_test(size=SIZE) as pilot:
            await until(pilot, lambda: "PDF" in text(app))
            await pilot.press("enter")
            await until(pilot, lambda: squeezed(t(f"error.{code}")) in said(app))
            assert isinstance(app.screen, ExportScreen) and app.errors == [] and "XLSX" in text(app)
            await pilot.press("enter")
            await until(pilot, lambda: "/invented/pdf" in said(app))
            assert squeezed(t(f"error.{code}")) not in said(app)

    refused()


@on_screen
async def test_one_file_at_a_time_and_leaving_meanwhile_harms_nobody() -> None:
    files = Files()
    files.gate.clear()
    app = host(files)
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "PDF" in text(app))
        await pilot.press("enter")
        await until(pilot, lambda: squeezed(t("export.writing")) in said(app) and files.asked == ["pdf"])
        await pilot.press("enter", "2", "3")
        await pilot.pause()
        assert files.asked == ["pdf"]
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, ExportScreen))
        files.gate.set()
        await until(pilot, lambda: not app.workers)
    assert app.errors == [] and files.asked == ["pdf"]


@on_screen
async def test_hostile_texts_are_data() -> None:
    view = replace(sample.board(sample.TODAY, "overview"), title=HOSTILE, completeness=HOSTILE, as_of=HOSTILE)
    app = host(Files(lambda form: Path(f"/invented/{HOSTILE.replace('/', '')}.{form}")), view)
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "PDF" in text(app))
        await pilot.press("enter")
        await until(pilot, lambda: "/invented/" in said(app))
        assert all(cell_len(line.rstrip()) <= SIZE[0] for line in lines(app))
        assert not FORBIDDEN & set(text(app))


@on_screen
async def test_exporting_takes_what_is_on_the_screen_and_is_not_for_everybody() -> None:
    app = Host(FakeFigures(), BoardScreen())
    async with app.run_test(size=SIZE) as pilot:
        await shown(pilot)
        await pilot.press("ctrl+x")
        await until(pilot, lambda: isinstance(app.screen, ExportScreen))
    app = Host(FakeFigures(), BoardScreen(), role="guide")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await shown(pilot)
        await pilot.press("ctrl+x")
        await until(pilot, lambda: "您的岗位不能做这项操作" in text(app))
