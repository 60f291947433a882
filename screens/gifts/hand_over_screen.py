"""The hand-over on one screen: who, what, from where, by which right, confirmed how, a second person when needed."""

from collections.abc import Callable
from time import monotonic
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from branch_console.gift_views import HandOverView, ItemChoice, SlipView
from branch_console.locale import t
from screens.gifts.asked import Asked
from screens.gifts.desk import gifts_of
from screens.gifts.gift_form import GiftForm
from screens.gifts.goods.pick_row import PickRow
from screens.gifts.goods.second_person import SecondPerson
from screens.gifts.heads import sides, who
from screens.gifts.said import Said
from screens.onboarding.pick_dialog import PickDialog, Picked
from screens.onboarding.proceed import Proceed
from screens.signs import sign
from screens.text import one_line
from screens.widgets import css_beside
from screens.widgets.choices import Choices, Option
from screens.widgets.text_field import TextField

CODES = ("customer_code", "entitlement_code")
"""Ways to confirm with a code that the customer reads aloud; the other one is a note."""
STAY, KEEP = "", "keep"
ACCEPTED = "accepted"


class HandOverScreen(GiftForm[SlipView]):
    """Answers with the slip, or with nothing when the reservation was given up or left to wait."""

    HELP = "gifts.help.hand_over"
    CSS = css_beside(__file__)
    AUTO_FOCUS = ".editor"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10", "send", "gifts.key.give", id="gifts.give"),
        Binding("escape", "leave", "gifts.key.give_up", id="gifts.give_up"),
    ]

    def __init__(self, view: HandOverView) -> None:
        super().__init__()
        self._asking = False
        self.take(view)

    def read(self) -> HandOverView:
        """The reservation."""
        return gifts_of(self).resume(self._view.claim)

    def take(self, said: HandOverView) -> None:
        """The reservation, and until when it lasts."""
        self._view = said
        self._until = None if said.kept_seconds is None else monotonic() + said.kept_seconds

    def body(self) -> ComposeResult:
        """The form; what is not needed is not there."""
        view = self._view
        yield Static(id="who")
        yield Static(id="right")
        with VerticalScroll(id="form", can_focus=False):
            yield Asked("choice", t("gifts.ask.choice"), self._items())
            ways = PickRow("confirmed-by", view.confirmations, [code for code, _words in view.confirmations[:1]])
            yield Asked("confirmed_by", t("gifts.ask.confirmed_by"), ways)
            yield Asked("confirmation", "", TextField(id="confirmation", max_length=500))
            if view.terms:
                tick = Choices([Option(ACCEPTED, t("gifts.terms.accepted"))], multiple=True, id="terms")
                yield Asked("terms", t("gifts.ask.terms"), tick, view.terms)
            if view.second_needed:
                yield SecondPerson(view.second_staff, view.second_needed)
            yield Proceed(t("gifts.give"), id="give")

    def _items(self) -> Choices | Said:
        """The goods, the lot that expires first on top; of other rewards what they are."""
        options = [Option(each.id, each.label, _where(each)) for each in self._view.choices]
        if not options:
            return Said(self._view.line.reward)
        return Choices(options, chosen=[options[0].value], id="item")

    def on_mount(self) -> None:
        """The question that fits the way to confirm, and the time that is left."""
        self.picked()
        self._tick()
        self.set_interval(1, self._tick)

    def redrawn(self) -> None:
        """Another language."""
        super().redrawn()
        self._tick()

    def on_resize(self, event: Resize) -> None:
        """The head is cut to the width of the console."""
        self._head(event.size.width)

    def picked(self) -> None:
        """A code is asked for in other words than a note."""
        code = self._confirmed_by in CODES
        for asked in self.query("#asked-confirmation").results(Asked):
            hint = self._view.code_hint if code else t("gifts.ask.note.hint")
            asked.put(t("gifts.ask.code" if code else "gifts.ask.note"), hint)

    # --- the reservation ---

    @property
    def seconds(self) -> int | None:
        """How long the reservation still lasts; None when that is not known."""
        return None if self._until is None else max(0, round(self._until - monotonic()))

    def _tick(self) -> None:
        self._head(self.size.width)

    def _head(self, width: int) -> None:
        view, seconds = self._view, self.seconds
        for head in self.query("#who").results(Static):
            head.update(
                sides(f"{one_line(view.line.title)}  {one_line(view.line.reward)}", who(view.person), width - 4)
            )
        kept = t("gifts.kept_until", time=one_line(view.kept_until)) if view.kept_until else ""
        tone = "$muted"
        if seconds is not None and seconds > 0:
            kept = f"{kept}  {t('gifts.time_left', time=f'{seconds // 60}:{seconds % 60:02}')}"
            tone = "$warning" if seconds < 120 else tone
        elif seconds is not None:
            kept, tone = f"{sign('warning')} {t('gifts.expired')}", "$error"
        said = Content(one_line(view.right)) + Content("  ") + Content.styled(kept, tone)
        for right in self.query("#right").results(Static):
            right.update(said)

    # --- handing over ---

    @property
    def _confirmed_by(self) -> str:
        return next((row.value for row in self.query("#confirmed-by").results(PickRow)), "")

    def work(self) -> Callable[[], SlipView]:
        """The customer has it."""
        claim = self._view.claim
        item = next((each for row in self.query("#item").results(Choices) for each in row.chosen), "")
        confirmation = self.query_one("#confirmation", TextField).text
        terms = any(ACCEPTED in row.chosen for row in self.query("#terms").results(Choices))
        second = next(iter(self.query(SecondPerson)), None)
        staff, password = (second.staff, second.password) if second is not None else ("", "")
        confirmed_by = self._confirmed_by
        return lambda: gifts_of(self).hand_over(claim, item, confirmed_by, confirmation, terms, staff, password)

    # --- leaving ---

    def action_leave(self) -> None:
        """Asks what becomes of the reservation; to go on is the first answer."""
        if self._asking or self._sending:
            return
        self._asking = True
        self.ask(lambda: gifts_of(self).reasons("release"), self._ask_why, self._no_reasons)

    def _no_reasons(self, error: Exception) -> None:
        self._asking = False
        self.shell.show_error(error)

    def _ask_why(self, reasons: tuple[tuple[str, str], ...]) -> None:
        self._asking = False
        if not self.is_current:
            return
        options = [
            Option(STAY, t("gifts.release.stay")),
            Option(KEEP, t("gifts.release.keep", time=one_line(self._view.kept_until))),
            *(Option(code, t("gifts.release.because", reason=words)) for code, words in reasons),
        ]
        dialog = PickDialog(t("gifts.release.title"), options, lead=t("gifts.release.text"), note=True)
        self.app.push_screen(dialog, self._decided)

    def _decided(self, picked: Picked | None) -> None:
        if picked is None or picked.value == STAY:
            return
        if picked.value == KEEP:
            self.dismiss(None)
            return
        claim = self._view.claim
        self.ask(lambda: gifts_of(self).release(claim, picked.value, picked.note), self._released)

    def _released(self, _none: None) -> None:
        self.notify(t("gifts.released"), markup=False)
        self.dismiss(None)


def _where(item: ItemChoice) -> str:
    """Place, how many there are, best before, lot."""
    parts = [
        one_line(item.place),
        t("gifts.item.available", count=item.available),
        t("gifts.item.expires", day=one_line(item.expires_on)) if item.expires_on else "",
        t("gifts.item.lot", lot=one_line(item.lot)) if item.lot else "",
    ]
    return f" {sign('separator')} ".join(part for part in parts if part)
