"""A list of any length: reads pages in a thread, draws only the lines in sight, keeps its cursor on the same thing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.worker import Worker, WorkerState

from screens.widgets import css_beside
from screens.widgets.painted_rows import PaintedRows
from screens.widgets.row_drawing import Column
from screens.widgets.row_pages import Loaded, Rows, Source, T, read


class RowList(PaintedRows[T], can_focus=True):
    """Rows of a source in columns, with one fixed line of titles above when any column has one.

    `cells` gives a row's cells, `key` what identifies it; `empty` (in words) says what to do when there is nothing.
    Without a source yet it says that it is reading. `load()` reads anew; the row under the cursor stays under it,
    wherever it has moved.
    """

    DEFAULT_CSS = css_beside(__file__)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "go(0)", show=False),
        Binding("end", "go(-1)", show=False),
        Binding("enter", "select", "common.open"),
    ]

    @dataclass
    class Selected(Message):
        """Enter, or a click on the row under the cursor."""

        list: "RowList[Any]"
        row: Any

        @property
        def control(self) -> "RowList[Any]":
            """The list, for `@on(RowList.Selected, "#id")`."""
            return self.list

    @dataclass
    class Highlighted(Message):
        """The cursor stands on another row, or on none."""

        list: "RowList[Any]"
        row: Any
        """None when there are no rows."""

        @property
        def control(self) -> "RowList[Any]":
            """The list."""
            return self.list

    @dataclass
    class Failed(Message):
        """The source raised."""

        error: BaseException

    @dataclass
    class _Arrived(Message):
        """A thread has read something."""

        loaded: Loaded[Any]

    def __init__(
        self, source: Source[T] | None, columns: Sequence[Column], *, openable: bool = True, **keywords: Any
    ) -> None:
        """`openable`: whether Enter does something with a row; where it does not, no key says that it would."""
        super().__init__(columns, **keywords)
        self.source = source
        self._openable = openable
        self._reading = False
        self._again = False
        self._start = 0

    def on_mount(self) -> None:
        """Read the first page."""
        self.load()

    def show(self, rows: Sequence[T]) -> None:
        """Show rows that are in memory already."""
        self.source = Rows(rows)
        self.load()

    def load(self) -> None:
        """Read anew, in a thread; what is on the screen stays until the answer is here."""
        if self.source is None:
            return
        if isinstance(self.source, Rows):
            self._pages.generation += 1
            self._take(read(self.source, self._pages.generation, self._pages.around(self.cursor), fresh=True))
            return
        if self._reading:
            self._again = True
            return
        self._pages.generation += 1
        self._read(self._pages.around(self.cursor), fresh=True)

    def _read(self, numbers: Sequence[int], fresh: bool) -> None:
        source, generation = self.source, self._pages.generation
        if source is None:
            return
        self._reading = True

        def work() -> None:
            self.post_message(self._Arrived(read(source, generation, numbers, fresh)))

        self.run_worker(work, thread=True, group="rows", exit_on_error=False)

    def on_row_list__arrived(self, message: "RowList._Arrived") -> None:
        """Take what a thread has read, then read what is still missing in sight."""
        message.stop()
        self._reading = False
        if not self._again:
            self._take(message.loaded)
        self._next()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A source that raised."""
        event.stop()
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self._reading = False
            self._again = False
            self.post_message(self.Failed(event.worker.error))

    def _next(self) -> None:
        if self._again:
            self._again = False
            self.load()
        elif not self._reading:
            missing = self._pages.missing(self.scroll_offset.y, self.scroll_offset.y + self.size.height)
            if missing:
                self._read(missing, fresh=False)

    def _take(self, loaded: Loaded[T]) -> None:
        before = self.row
        was_empty = not self._pages.total
        first = self._pages.total is None
        if not self._pages.take(loaded):
            return
        self._strips.clear()
        total = self._pages.total or 0
        self.virtual_size = Size(self.size.width, total + self._head)
        at = self._start if first else self.cursor
        if before is not None and loaded.fresh:
            found = self._pages.find(self._key(before), self._key, near=self.cursor)
            at = self.cursor if found is None else found
        moved = at - self.cursor
        if moved:
            self.scroll_to(y=max(self.scroll_offset.y + moved, 0), animate=False, force=True)
        self.cursor = at
        if self.row != before:
            self.post_message(self.Highlighted(self, self.row))
        if was_empty is not (not total):
            self.refresh_bindings()
        self.refresh()

    def kept(self) -> object:
        """Where the cursor stands."""
        return self.cursor

    def restore(self, kept: object) -> None:
        """Take it back after a redraw in another language, as soon as there are rows."""
        if isinstance(kept, int):
            self._start = kept
            self.cursor = kept

    # --- cursor ---

    def validate_cursor(self, cursor: int) -> int:
        """Stay within the rows."""
        return max(0, min(cursor, (self._pages.total or 1) - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Scroll it into sight and draw only the two lines that changed."""
        top, height = self.scroll_offset.y, max(self.size.height - self._head, 1)
        if new < top:
            self.scroll_to(y=new, animate=False, force=True)
        elif new >= top + height:
            self.scroll_to(y=new - height + 1, animate=False, force=True)
        for index in (old, new):
            self.refresh_line(index + self._head)
        if old != new:
            self.post_message(self.Highlighted(self, self.row))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Read what has come into sight."""
        super().watch_scroll_y(old_value, new_value)
        self._next()

    def action_move(self, rows: int) -> None:
        """Move the cursor by rows."""
        self.cursor += rows

    def action_page(self, pages: int) -> None:
        """Move the cursor by screenfuls."""
        self.cursor += pages * max(self.size.height - self._head - 1, 1)

    def action_go(self, index: int) -> None:
        """Move the cursor to a row; negative from the end."""
        self.cursor = index if index >= 0 else (self._pages.total or 0) + index

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Nothing to open in an empty list, nor in one that is only to be read."""
        if action == "select" and not self._openable:
            return False
        return None if action == "select" and not self._pages.total else True

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:  # noqa: ARG002
        """In words."""
        return self.empty if action == "select" else ""

    def action_select(self) -> None:
        """Open the row under the cursor."""
        if (row := self.row) is not None and self._openable:
            self.post_message(self.Selected(self, row))

    def on_click(self, event: events.Click) -> None:
        """The first click moves the cursor, one on the cursor opens."""
        offset = event.get_content_offset(self)
        if offset is None or offset.y < self._head:
            return
        index = offset.y - self._head + self.scroll_offset.y
        if index >= (self._pages.total or 0):
            return
        if index == self.cursor:
            self.action_select()
        self.cursor = index
