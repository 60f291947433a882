"""One customer: every campaign with its verdict, best first, and what is missing."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Resize
from textual.widgets import Static

from branch_console.gift_views import CheckView
from branch_console.locale import t
from screens.base import BranchScreen
from screens.gifts import verdicts
from screens.gifts.acts import GiftActs
from screens.gifts.desk import gifts_of
from screens.gifts.explain_screen import ExplainScreen
from screens.gifts.heads import sides, who
from screens.gifts.offer_rows import OfferRow, cells, columns, detail, offer_rows
from screens.gifts.reason_tree import freshness_line
from screens.gifts.said import Said
from screens.signs import sign
from screens.text import fit, one_line, plain
from screens.widgets import css_beside
from screens.widgets.row_list import RowList


class CheckScreen(BranchScreen[None]):
    """Enter on a campaign shows its reasons; keys act on the campaign under the cursor, or say why they do not."""

    HELP = "gifts.help.check"
    CSS = css_beside(__file__)
    AUTO_FOCUS = "#offers"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10", "hand_over", "gifts.key.hand_over", id="gifts.hand_over"),
        Binding("f5", "refresh", "gifts.key.refresh", id="gifts.refresh"),
        Binding("ctrl+e", "attest", "gifts.key.attest", id="gifts.attest"),
        Binding("ctrl+g", "voucher", "gifts.key.voucher", id="gifts.voucher"),
        Binding("escape", "leave", show=False),
    ]

    def __init__(self, person: str = "", *, journey: str = "") -> None:
        """`person`: the id of a PersonView; or the customer of a `journey`."""
        super().__init__()
        self._person = person
        self._journey = journey
        self._view: CheckView | None = None
        self._asking = False
        self._again = False
        self._acts = GiftActs(self, self.reload)

    def body(self) -> ComposeResult:
        """Who, what to know first, the campaigns, the one under the cursor in full, how fresh the facts are."""
        yield Static(id="who")
        yield Said(id="notice")
        yield RowList[OfferRow](
            None, columns(), cells=cells, key=lambda row: row.line.campaign, empty=t("gifts.check.empty"), id="offers"
        )
        with Vertical(id="detail"):
            yield Said(id="sentence")
            yield Said(id="terms")
        yield Static(id="freshness")

    # --- reading ---

    def on_mount(self) -> None:
        """Check at once."""
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
        """Check again; `refresh`: with facts from central. A wish while checking is remembered."""
        if self._asking:
            self._again = True
            return
        self._asking = True
        self.ask(lambda: self._check(refresh), self._arrived, self._failed, group="check")

    def _check(self, refresh: bool) -> CheckView:
        desk = gifts_of(self)
        person = self._person or desk.person_of(self._journey).id
        return desk.check(person, refresh, opened=self._view is None)

    def _arrived(self, view: CheckView) -> None:
        self._asking = False
        self._person = view.person.id
        self._show(view)
        if self._again:
            self._again = False
            self.reload()

    def _failed(self, error: Exception) -> None:
        self._asking = self._again = False
        self.shell.show_error(error)

    # --- showing ---

    def _show(self, view: CheckView) -> None:
        self._view = view
        self.query_one("#offers", RowList).show(offer_rows(view.lines))
        notice = one_line(view.notice) or ("" if view.online else t("gifts.offline"))
        self.query_one("#notice", Said).say(f"{sign('warning')} {notice}" if notice else "")
        self._fit(self.size.width)
        self._detail()

    def _fit(self, width: int) -> None:
        view = self._view
        if view is None:
            return
        checked = t("gifts.checked_at", time=one_line(view.checked_at))
        self.query_one("#who", Static).update(sides(who(view.person), checked, width - 4))
        self.query_one("#freshness", Static).update(plain(fit(freshness_line(view.facts), width - 4)))

    def on_resize(self, event: Resize) -> None:
        """The lines that are cut to the width of the console."""
        self._fit(event.size.width)

    @on(RowList.Highlighted, "#offers")
    def _moved(self, event: RowList.Highlighted) -> None:
        event.stop()
        self._detail()

    def _detail(self) -> None:
        sentence, terms = detail(self._row)
        self.query_one("#sentence", Said).say(sentence)
        self.query_one("#terms", Said).say(terms)
        self.refresh_bindings()

    @property
    def _row(self) -> OfferRow | None:
        row: OfferRow | None = next((each.row for each in self.query("#offers").results(RowList)), None)
        return row

    # --- acts ---

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:  # noqa: ARG002  no action has any
        """Why a key is greyed: the verdict under the cursor forbids it."""
        if action not in {"hand_over", "voucher", "attest"}:
            return ""
        row = self._row
        return verdicts.why_not(action, row.line) if row is not None else t("gifts.check.empty")

    @on(RowList.Selected, "#offers")
    def _selected(self, event: RowList.Selected) -> None:
        event.stop()
        if self.is_current:
            self.app.push_screen(ExplainScreen(self._person, event.row.line.campaign), lambda _: self.reload())

    def action_hand_over(self) -> None:
        """Reserve, then the form."""
        if self._row is not None:
            self._acts.hand_over(self._person, self._row.line.campaign)

    def action_voucher(self) -> None:
        """A voucher instead of the gift."""
        if self._row is not None:
            self._acts.voucher(self._person, self._row.line.campaign, one_line(self._row.line.title))

    def action_attest(self) -> None:
        """Write down what the customer's phone shows."""
        if self._row is not None:
            self._acts.attest(self._person, self._row.line.campaign)

    def action_refresh(self) -> None:
        """Ask central."""
        self.reload(refresh=True)

    def action_leave(self) -> None:
        """Back to the search."""
        self.dismiss(None)
