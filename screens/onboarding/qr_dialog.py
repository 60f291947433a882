"""The official app's QR code, for the customer's phone to read off this screen."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from branch_console.locale import t
from screens.onboarding.dialog import JourneyDialog
from screens.onboarding.step_clock import StepClock
from screens.text import plain
from screens.widgets import css_beside
from screens.widgets.qr_code import QrCode


class QrDialog(JourneyDialog[None]):
    """Code left, right what both read together before installing."""

    DEFAULT_CSS = css_beside(__file__)
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,ctrl+e", "leave", show=False)]

    def __init__(self, text: str, caption: str, checks: tuple[str, ...], clock: StepClock | None = None) -> None:
        super().__init__(t("onboarding.qr"), clock)
        self._text = text
        self._caption = caption
        self._checks = checks

    def compose(self) -> ComposeResult:
        """Without a frame, because every row is needed on a small console."""
        with Horizontal(classes="sheet"):
            yield QrCode(self._text)
            with Vertical():
                yield Static(plain(self._heading), classes="title")
                yield Static(plain(self._caption), classes="lead")
                yield Static(plain(t("onboarding.qr.together")), classes="asked")
                for check in self._checks:
                    yield Static(plain(check), classes="lead")
                yield Static(plain(t("onboarding.stories.how")), classes="how")
