"""Typing Chinese: where the input method's window opens, full-width forms, pastes, and passwords."""

from functools import partial

import pytest
from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.events import Paste

from screens.shell import Shell
from screens.widgets.password_field import PasswordField
from screens.widgets.text_field import TextField
from tests.screens.driving import on_screen, until


def in_sight(field: TextField) -> bool:
    return field.has_focus and field.screen.region.contains_region(field.region)


class Form(Shell):
    """Ten fields, most of them out of sight at first."""

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            for number in range(10):
                field = TextField(id=f"field-{number}")
                field.styles.margin = (0, 0, 3, 0)
                yield field
            yield PasswordField(id="secret")

    def field(self, number: int) -> TextField:
        return self.screen.query_one(f"#field-{number}", TextField)


@on_screen
async def test_the_input_method_opens_where_the_text_will_appear_also_in_a_field_that_was_scrolled_to() -> None:
    app = Form()
    async with app.run_test(size=(60, 12)) as pilot:
        for number in (0, 6, 9, 2):
            field = app.field(number)
            field.focus()
            await until(pilot, partial(in_sight, field))
            assert app.cursor_position == field.cursor_screen_offset
            assert field.region.contains(*app.cursor_position)


@on_screen
async def test_the_cursor_stands_behind_the_last_character_by_cells() -> None:
    app = Form()
    async with app.run_test(size=(60, 12)) as pilot:
        field = app.field(0)
        field.focus()
        await pilot.press("张", "a", "三")
        await until(pilot, lambda: field.value == "张a三")
        start = field.content_region.x
        assert field.cursor_screen_offset.x == start + 5
        await pilot.press("left")
        assert field.cursor_screen_offset.x == start + 3
        await pilot.press("home")
        assert field.cursor_screen_offset.x == start


@on_screen
async def test_full_width_forms_and_the_ideographic_space_are_read_as_ordinary_ones() -> None:
    app = Form()
    async with app.run_test(size=(60, 12)) as pilot:
        field = app.field(0)
        field.focus()
        for character in "１３８\u3000ＡＢ":
            field.post_message(_key(character))
        await until(pilot, lambda: len(field.value) == 6)
        assert field.value == "１３８ ＡＢ"
        assert field.text == "138 AB"


@on_screen
async def test_a_paste_keeps_every_line_and_no_control_sequence() -> None:
    app = Form()
    async with app.run_test(size=(60, 12)) as pilot:
        field = app.field(0)
        field.focus()
        await pilot.pause()
        field.post_message(Paste("第一行\n第二行\x1b[31m\u202e\u3000完"))
        await until(pilot, lambda: field.value)
        assert field.value == "第一行 第二行 完"


@on_screen
async def test_a_password_is_not_copied_cut_changed_or_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []
    monkeypatch.setattr(Form, "copy_to_clipboard", lambda _app, text: copied.append(text))
    app = Form()
    async with app.run_test(size=(60, 12)) as pilot:
        secret = app.screen.query_one(PasswordField)
        secret.focus()
        await pilot.pause()
        secret.post_message(Paste("Ｐａｓｓ wörd \n second line"))
        await until(pilot, lambda: secret.value)
        assert secret.text == "Ｐａｓｓ wörd "
        secret.select_all()
        await pilot.press("ctrl+c", "ctrl+x")
        assert secret.text == "Ｐａｓｓ wörd "
        assert not copied
        assert "wörd" not in app.export_screenshot()


def _key(character: str) -> events.Key:
    return events.Key(character, character)
