"""What the gift screens call: the gift desk of the services, seen from the screens."""

from pathlib import Path
from typing import Protocol

from branch_console.gift_views import (
    AttestField,
    BacktestView,
    CampaignLine,
    CampaignView,
    CheckView,
    ClaimLine,
    ClosingView,
    CountView,
    DeliveryLine,
    DocumentLine,
    ExplainView,
    HandOverView,
    LineIn,
    PersonView,
    SheetLine,
    SignalLine,
    SlipView,
    StockLine,
)
from branch_console.views import StaffChoice


class Checking(Protocol):
    """Finding the customer, checking, handing over. Every call *blocks*; errors carry a code."""

    def people(self, text: str) -> tuple[PersonView, ...]:
        """Whoever the text may mean: name, initials, last digits, or a whole phone or document number."""

    def recent(self) -> tuple[PersonView, ...]:
        """The customers of whoever works here, the newest first; for an empty search."""

    def person_of(self, journey: str) -> PersonView:
        """The customer of a journey."""

    def check(self, person: str, refresh: bool = False, opened: bool = False) -> CheckView:
        """All campaigns for this customer; `refresh` asks central even when today's facts are here.

        `opened`: shown for the first time on this screen; that a customer was checked is written down then.
        """

    def explain(self, person: str, campaign: str) -> ExplainView:
        """One campaign in full."""

    def attestable(self, person: str, campaign: str) -> tuple[AttestField, ...]:
        """The facts that the customer's phone may show and that would help here."""

    def attest(self, person: str, fact: str, value: str, reference: str) -> CheckView:
        """Write down a fact seen on the phone, with its transaction reference. Raises FieldErrors."""

    def begin(self, person: str, campaign: str) -> HandOverView:
        """Reserve: a hold at central, or a right that this branch owns. Raises RuleError."""

    def resume(self, claim: str) -> HandOverView:
        """A reservation that is open."""

    def hand_over(
        self,
        claim: str,
        choice: str,
        confirmed_by: str,
        confirmation: str,
        terms_accepted: bool,
        second_staff: str,
        password: str,
    ) -> SlipView:
        """The customer has it. `confirmation`: the code typed, or the note. Raises FieldErrors, RuleError."""

    def voucher(self, person: str, campaign: str) -> SlipView:
        """A voucher instead of the gift."""

    def release(self, claim: str, why: str, note: str) -> None:
        """Give a reservation up."""

    def claims(self, tab: str, offset: int, limit: int) -> list[ClaimLine]:
        """A page of claims; tabs: open, today, exceptions, all."""

    def count_claims(self, tab: str) -> int:
        """How many claims a tab has."""

    def slip(self, claim: str) -> SlipView:
        """The slip of a claim again."""

    def save_slip(self, claim: str) -> Path:
        """The slip as PDF, in a folder that only this user may read; where it stands."""

    def give_back(
        self, claim: str, reason: str, note: str, reopens: bool, second_staff: str, password: str
    ) -> ClaimLine:
        """The customer brought the gift back: into quarantine."""

    def reasons(self, use: str) -> tuple[tuple[str, str], ...]:
        """Reason codes with words; uses: release, return, transfer, scrap, count, dismiss, correct, settle."""


class Stocking(Protocol):
    """Stock, counts, the day's end. Every call *blocks*; errors carry a code."""

    def stock(self) -> tuple[StockLine, ...]:
        """What is where."""

    def places(self) -> tuple[tuple[str, str], ...]:
        """The places that may be counted or moved between: code and words."""

    def items(self) -> tuple[tuple[str, str], ...]:
        """All items: SKU and words."""

    def deliveries(self) -> tuple[DeliveryLine, ...]:
        """Dispatches that have not been received."""

    def receive(
        self,
        dispatch: str | None,
        note_number: str,
        lines: tuple[LineIn, ...],
        note: str,
        second_staff: str,
        password: str,
    ) -> None:
        """Take a delivery in, counted by two.

        `lines` come blank ones included, so that an error's field `line.<n>` names its line (here and in all forms
        about goods): of a dispatch and of a count every line must be filled in, elsewhere a blank one is left out.
        Raises RuleError, FieldErrors (`line.<n>`, `note_number`, `reason`, `target`, `second_staff`, `password`).
        """

    def transfer(
        self,
        source: str,
        target: str,
        lines: tuple[LineIn, ...],
        reason: str,
        note: str,
        second_staff: str,
        password: str,
    ) -> None:
        """Move goods within the branch."""

    def scrap(
        self, lines: tuple[LineIn, ...], reason: str, note: str, photo: str, second_staff: str, password: str
    ) -> None:
        """Destroy goods that are in quarantine; `photo` is the path of a photo, whose hash is kept, or empty."""

    def sheet(self, place: str) -> tuple[SheetLine, ...]:
        """The sheet of a blind count."""

    def count(self, place: str, lines: tuple[LineIn, ...]) -> None:
        """Hand in a blind count."""

    def counts(self) -> tuple[CountView, ...]:
        """Counts that wait for approval."""

    def approve_count(self, count: str, reason: str, note: str) -> None:
        """Book the difference. Only somebody else than the counter, who may."""

    def dismiss_count(self, count: str, reason: str) -> None:
        """Throw a count away."""

    def documents(self, limit: int) -> tuple[DocumentLine, ...]:
        """Stock documents of the last days that stand, the newest first."""

    def take_back(self, document: str, reason: str, note: str, second_staff: str, password: str) -> None:
        """Take a document back: all its moves the other way. Raises RuleError."""

    def closing(self) -> ClosingView:
        """The end of today."""

    def close_day(self, note: str, second_staff: str, password: str) -> ClosingView:
        """Close the day: made by one, signed by a supervisor (who works here, or `second_staff`)."""


class Watching(Protocol):
    """What supervisors look at. Every call *blocks*; errors carry a code."""

    def settle(self, claim: str, how: str, reason: str) -> None:
        """Deal with an exception."""

    def signals(self) -> tuple[SignalLine, ...]:
        """Self-dealing and other oddities of the last 30 days."""

    def campaigns(self) -> tuple[CampaignLine, ...]:
        """All campaigns, and drafts that were submitted."""

    def campaign(self, campaign: str) -> CampaignView:
        """One campaign."""

    def dry_run(self, campaign: str, person: str) -> ExplainView:
        """A campaign, or a draft of it, on one person."""

    def backtest(self, campaign: str) -> BacktestView:
        """A campaign, or a draft of it, over yesterday's people."""


class GiftDesk(Checking, Stocking, Watching, Protocol):
    """All of it, as `services.gifts`."""

    def colleagues(self) -> tuple[StaffChoice, ...]:
        """Who may stand by as a second person: everybody of the branch but whoever works here."""
