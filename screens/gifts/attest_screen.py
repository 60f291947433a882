"""A fact that staff see on the customer's phone, with its transaction reference: central checks it later."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from branch_console.gift_views import AttestField, CheckView
from branch_console.locale import t
from screens.gifts.asked import Asked
from screens.gifts.desk import gifts_of
from screens.gifts.gift_form import GiftForm
from screens.gifts.goods.pick_row import PickRow
from screens.gifts.said import Said
from screens.onboarding.proceed import Proceed
from screens.text import plain
from screens.widgets import css_beside
from screens.widgets.choices import Choices, Option
from screens.widgets.text_field import TextField


class AttestScreen(GiftForm[CheckView]):
    """Answers with the check as it is with the fact."""

    HELP = "gifts.help.attest"
    CSS = css_beside(__file__)
    AUTO_FOCUS = ".editor"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10", "send", "gifts.key.write_down", id="gifts.write_down"),
        Binding("escape", "leave", "common.back"),
    ]

    def __init__(self, person: str, campaign: str, fields: tuple[AttestField, ...]) -> None:
        """`fields`: at least one."""
        super().__init__()
        self._person = person
        self._campaign = campaign
        self._fields = fields

    def read(self) -> tuple[AttestField, ...]:
        """The facts that would help."""
        return gifts_of(self).attestable(self._person, self._campaign)

    def take(self, said: tuple[AttestField, ...]) -> None:
        """The facts that would help; when none would any more, those from before stay."""
        self._fields = said or self._fields

    def body(self) -> ComposeResult:
        """Which fact, its value, the reference."""
        yield Static(plain(t("gifts.attest.title")), id="title")
        yield Said(t("gifts.attest.text"), id="lead")
        with VerticalScroll(id="form", can_focus=False):
            facts = [Option(str(number), field.label) for number, field in enumerate(self._fields)]
            yield Asked("fact", t("gifts.attest.fact"), Choices(facts, chosen=["0"], id="fact"))
            yield Asked("value", "", TextField(id="value", max_length=60))
            answers = PickRow("answer", [("yes", t("gifts.yes")), ("no", t("gifts.no"))])
            yield Asked("value", "", answers, id="asked-answer")
            yield Asked("reference", t("gifts.attest.reference"), TextField(id="reference", max_length=80))
            yield Proceed(t("gifts.attest.do"), id="do")

    @property
    def _field(self) -> AttestField:
        """The fact that is picked."""
        chosen = next((each for row in self.query("#fact").results(Choices) for each in row.chosen), "0")
        return self._fields[min(int(chosen), len(self._fields) - 1)]

    def on_mount(self) -> None:
        """The input that fits the first fact."""
        self.picked()

    def picked(self) -> None:
        """Yes or no is picked, everything else is typed."""
        field = self._field
        for asked in self.query(Asked):
            if asked.field == "value":
                asked.display = (field.kind == "yesno") == isinstance(asked.editor, PickRow)
                asked.put(t(f"gifts.attest.value.{field.kind}"), field.hint)

    def work(self) -> Callable[[], CheckView]:
        """Write it down."""
        field, reference = self._field, self.query_one("#reference", TextField).text
        if field.kind == "yesno":
            value = self.query_one("#answer", PickRow).value
        else:
            value = self.query_one("#value", TextField).text
        return lambda: gifts_of(self).attest(self._person, field.fact, value, reference)

    def action_leave(self) -> None:
        """Back without it."""
        self.dismiss(None)
