"""On whom a campaign is tried: somebody served lately, or whoever a name or a number means."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from branch_console.gift_views import PersonView
from branch_console.locale import t
from screens.base import BranchScreen
from screens.gifts.desk import gifts_of
from screens.text import plain
from screens.widgets import css_beside
from screens.widgets.row_drawing import Column
from screens.widgets.row_list import RowList
from screens.widgets.text_field import TextField


class TrialPerson(BranchScreen[str | None]):
    """Answers with the handle of the customer. What was typed may be a whole number: it is gone with the screen."""

    HELP = "watch.help.dry_run"
    DEFAULT_CSS = css_beside(__file__)
    AUTO_FOCUS = "#trial-find"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "common.back")]

    def body(self) -> ComposeResult:
        """The field, the list."""
        yield Static(plain(t("watch.dry_run.who")), classes="title")
        with Horizontal(id="find-row"):
            yield Static(plain(t("gifts.find")), classes="label")
            yield TextField(placeholder=t("gifts.find.hint"), id="trial-find", max_length=60)
        yield RowList(
            None,
            [Column(t("gifts.column.customer"), 14), Column(t("gifts.column.phone"), 14), Column("")],
            cells=lambda person: [person.name, person.phone, t("common.list_separator").join(person.known_by)],
            key=lambda person: person.id,
            empty=t("watch.dry_run.nobody"),
            id="trial-people",
        )

    def on_mount(self) -> None:
        """Whoever was served lately."""
        self._look_up("")

    @on(Input.Submitted, "#trial-find")
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._look_up(self.query_one("#trial-find", TextField).text)

    def _look_up(self, text: str) -> None:
        self.ask(lambda: gifts_of(self).people(text) if text else gifts_of(self).recent(), self._arrived)

    def _arrived(self, people: tuple[PersonView, ...]) -> None:
        found = self.query_one("#trial-people", RowList)
        found.show(people)
        if people and self.query_one("#trial-find", TextField).text:
            found.focus()

    @on(RowList.Selected, "#trial-people")
    def _selected(self, event: RowList.Selected) -> None:
        event.stop()
        self.dismiss(event.row.id)

    def action_leave(self) -> None:
        """Back, without anybody."""
        self.dismiss(None)
