"""One campaign for one customer, explained: every condition, what is missing, who can change it, how fresh it is."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Resize
from textual.widgets import Static

from branch_console.gift_views import ExplainView
from branch_console.locale import t
from branch_console.views import CaseStory
from screens.base import BranchScreen
from screens.gifts.acts import GiftActs
from screens.gifts.desk import gifts_of
from screens.gifts.heads import sides, who
from screens.gifts.paper import Paper
from screens.gifts.reason_tree import explain_lines
from screens.gifts.said import Said
from screens.gifts.verdicts import verdict_cell
from screens.onboarding.stories_dialog import StoriesDialog
from screens.signs import sign
from screens.text import one_line
from screens.widgets import css_beside


class ExplainScreen(BranchScreen[None]):
    """The nearest way to qualify stands above; the tree below is scrolled with the arrows."""

    HELP = "gifts.help.explain"
    CSS = css_beside(__file__)
    AUTO_FOCUS = "#reasons"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10", "hand_over", "gifts.key.hand_over", id="gifts.hand_over"),
        Binding("f5", "refresh", "gifts.key.refresh", id="gifts.refresh"),
        Binding("ctrl+e", "attest", "gifts.key.attest", id="gifts.attest"),
        Binding("ctrl+g", "voucher", "gifts.key.voucher", id="gifts.voucher"),
        Binding("ctrl+d", "disclosure", "gifts.key.disclosure", id="gifts.disclosure"),
        Binding("escape", "leave", show=False),
    ]

    def __init__(self, person: str, campaign: str) -> None:
        super().__init__()
        self._person = person
        self._campaign = campaign
        self._view: ExplainView | None = None
        self._asking = False
        self._again = False
        self._acts = GiftActs(self, self.reload)

    def body(self) -> ComposeResult:
        """Campaign and customer, verdict, the nearest way, the reasons."""
        yield Static(id="campaign")
        yield Said(id="verdict")
        yield Said(id="path")
        yield Paper(id="reasons")

    # --- reading ---

    def on_mount(self) -> None:
        """Explain at once."""
        self.reload()

    def heard(self) -> None:
        """A fact, a claim or a campaign has changed, here or elsewhere."""
        self.reload()

    def redrawn(self) -> None:
        """Another language: the desk says everything anew in it."""
        if self._view is not None:
            self._show(self._view)
        self.reload()

    def reload(self, refresh: bool = False) -> None:
        """Explain again; `refresh`: with facts from central. A wish while asking is remembered."""
        if self._asking:
            self._again = True
            return
        self._asking = True
        self.ask(lambda: self._explain(refresh), self._arrived, self._failed, group="explain")

    def _explain(self, refresh: bool) -> ExplainView:
        desk = gifts_of(self)
        if refresh:
            desk.check(self._person, refresh=True)
        return desk.explain(self._person, self._campaign)

    def _arrived(self, view: ExplainView) -> None:
        self._asking = False
        self._show(view)
        if self._again:
            self._again = False
            self.reload()

    def _failed(self, error: Exception) -> None:
        self._asking = self._again = False
        self.shell.show_error(error)

    # --- showing ---

    def _show(self, view: ExplainView) -> None:
        self._view = view
        self._fit(self.size.width)
        verdict = verdict_cell(view.line)
        words, tone = (verdict, "") if isinstance(verdict, str) else verdict
        label = self.query_one("#verdict", Said)
        sentence = one_line(view.line.sentence)
        label.say(f"{words}  {sentence}" if sentence and sentence != one_line(view.path) else words)
        label.set_classes(f"-{tone}")
        self.query_one("#path", Said).say(f"{sign('in_progress')} {one_line(view.path)}" if view.path else "")
        self.query_one("#reasons", Paper).show(lambda width: explain_lines(view, width))
        self.refresh_bindings()

    def _fit(self, width: int) -> None:
        if self._view is not None:
            line = self._view.line
            title = f"{one_line(line.title)}  {one_line(line.reward)}"
            self.query_one("#campaign", Static).update(sides(title, who(self._view.person), width - 4))

    def on_resize(self, event: Resize) -> None:
        """The title is cut to the width of the console."""
        self._fit(event.size.width)

    # --- acts ---

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:  # noqa: ARG002  no action has any
        """Why a key is greyed, as the desk says."""
        if self._view is None:
            return t("common.loading") if action in {"hand_over", "voucher", "attest", "disclosure"} else ""
        if action == "disclosure" and not self._view.disclosure:
            return t("gifts.no_disclosure")
        return one_line(self._view.acts.get(action, ""))

    def action_hand_over(self) -> None:
        """Reserve, then the form."""
        self._acts.hand_over(self._person, self._campaign)

    def action_voucher(self) -> None:
        """A voucher instead of the gift."""
        if self._view is not None:
            self._acts.voucher(self._person, self._campaign, one_line(self._view.line.title))

    def action_attest(self) -> None:
        """Write down what the customer's phone shows."""
        self._acts.attest(self._person, self._campaign)

    def action_refresh(self) -> None:
        """Ask central."""
        self.reload(refresh=True)

    def action_disclosure(self) -> None:
        """What the law has published before the start, for the customer to read."""
        if self._view is not None:
            told = tuple(CaseStory(label, words) for label, words in self._view.disclosure)
            self.app.push_screen(StoriesDialog(told, None, t("gifts.disclosure")))

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)
