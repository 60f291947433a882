"""The slip of a case as it comes out of the printer, in the customer's language, and the way to a PDF."""

from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType

from branch_console.gift_views import SlipView
from branch_console.locale import Language, language
from screens.cases.desk import cases_of
from screens.gifts.slip_screen import SlipScreen

_NONE = SlipView("", "", (), "", "")


class CaseSlipScreen(SlipScreen):
    """Made with a case and which slip. It is printed when the screen opens, and again in the other language.

    The slip keeps its own language: what staff read and what the customer takes home may differ.
    """

    HELP = "cases.help.slip"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+g", "other_language", "cases.key.slip_language", id="cases.slip_language"),
    ]

    def __init__(self, subject: str, which: str) -> None:
        super().__init__(_NONE)
        self._subject, self._which = subject, which
        self._spoken: Language = "zh"
        self._printing = False

    def on_mount(self) -> None:  # Textual calls that of the base class too
        """Print it, at first in the language of the screen."""
        self._print(language())

    def pdf(self) -> Path:
        """Have the PDF saved; where it stands. Blocks."""
        return cases_of(self).save_slip(self._subject, self._which, self._spoken)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing to save or to turn while there is no slip."""
        if action in {"save", "other_language"} and not self._slip.number:
            return None
        return super().check_action(action, parameters)

    def action_other_language(self) -> None:
        """The same slip in the other language: another copy."""
        self._print("en" if self._spoken == "zh" else "zh")

    def _print(self, spoken: Language) -> None:
        if self._printing:
            return
        self._printing = True

        def printed(slip: SlipView) -> None:
            self._printing = False
            self._slip, self._spoken, self._saved = slip, spoken, ""
            self.call_later(self._drawn)

        self.ask(lambda: cases_of(self).slip(self._subject, self._which, spoken), printed, self._refused)

    def _refused(self, error: Exception) -> None:
        """Without a slip there is nothing to see here."""
        self._printing = False
        if not self._slip.number:
            self.dismiss(None)  # before the message, which would be what is dismissed
        self.shell.show_error(error)

    async def _drawn(self) -> None:
        await self.recompose()
        if self.is_attached and self.query("#paper"):
            self.query_one("#paper").focus()
            self.redrawn()
