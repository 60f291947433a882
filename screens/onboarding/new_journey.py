"""Start a journey: the wallet class, with its limits in sight."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from branch_console.locale import t
from screens.onboarding.dialog import JourneyDialog
from screens.onboarding.errands import Errands
from screens.onboarding.port import desk_of
from screens.text import fit, plain
from screens.widgets import css_beside
from screens.widgets.choices import Choices, Option

TARGETS = ("IV", "III", "II", "I")
Limits = tuple[tuple[str, str], ...]


class NewJourney(JourneyDialog[str]):
    """Enter starts it; gives its subject. The class can be changed later."""

    DEFAULT_CSS = css_beside(__file__)
    AUTO_FOCUS = "Choices"

    def __init__(self) -> None:
        super().__init__(t("onboarding.new.title"))
        self._errands = Errands(self)
        self._limits: dict[str, Limits] = {}

    def inside(self) -> ComposeResult:
        """The classes, and the limits of the one under the cursor."""
        yield Static(plain(t("onboarding.new.text")), classes="lead")
        yield Choices(
            [Option(each, t(f"onboarding.class.{each}"), t(f"onboarding.class.{each}.needs")) for each in TARGETS]
        )
        yield Vertical(Static(classes="quiet", id="limits"), classes="limits")
        yield Static(plain(t("onboarding.pick.how")), classes="how")

    def on_mount(self) -> None:
        """Read the limits of all classes."""
        self._errands.ask("limits", lambda: {each: desk_of(self).limits(each) for each in TARGETS}, self._arrived)
        self.watch(self.query_one(Choices), "cursor", self._show)

    def _arrived(self, limits: dict[str, Limits]) -> None:
        self._limits = limits
        self._show()

    def _show(self) -> None:
        at = self.query_one(Choices).cursor
        limits = self._limits.get(TARGETS[at], ())
        lines = [f"{fit(name, 16)} {amount}" for name, amount in limits]
        self.query_one("#limits", Static).update(plain("\n".join(lines)))

    @on(Choices.Chosen)
    def _chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        self._errands.ask(
            "start", lambda: desk_of(self).start(event.value), lambda journey: self.dismiss(journey.subject)
        )
