"""What the gift screens draw: plain values, already masked and in the session's language. No behaviour, no store."""

from dataclasses import dataclass, field

from branch_console.views import StaffChoice


@dataclass(frozen=True, slots=True)
class PersonView:
    """The customer at the kiosk. `id` names them towards the services for this session; it is no number of theirs."""

    id: str
    name: str
    """Masked; empty when unknown."""
    phone: str
    """Masked; empty when unknown."""
    known_by: tuple[str, ...] = ()
    """In words: document, phone, wallet."""
    journey: str | None = None


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact of the customer, and how fresh it is."""

    name: str
    value: str
    source: str
    """In words: central, this terminal, list of claims, seen on the phone."""
    as_of: str
    stale: bool = False


@dataclass(frozen=True, slots=True)
class OfferLine:
    """One campaign for this customer."""

    campaign: str
    version: int
    title: str
    verdict: str
    """One of the codes in rules.gifts.claim_entries.Verdict."""
    verdict_words: str
    sentence: str
    """Why, or the nearest way to qualify, in one sentence."""
    reward: str
    left: str
    """What is left of the campaign and in stock, in words."""
    until: str
    choice_group: str = ""
    """Lines with the same group tie: the customer chooses one."""


@dataclass(frozen=True, slots=True)
class CheckView:
    """What the customer may have, best first."""

    person: PersonView
    lines: tuple[OfferLine, ...]
    online: bool
    facts: tuple[FactLine, ...]
    checked_at: str
    notice: str = ""
    """What staff should know first, e.g. that central could not be asked; empty when there is nothing."""


@dataclass(frozen=True, slots=True)
class NodeView:
    """One condition in the explanation. `good` counts the polarity in: under `not`, a condition that fails is good."""

    good: bool | None
    """None: not known."""
    text: str
    gap: str = ""
    freshness: str = ""
    fixable: str = ""
    """In words, who can change it: customer, time, staff, sync; empty when nobody can or nothing is to be done."""
    children: tuple["NodeView", ...] = ()


@dataclass(frozen=True, slots=True)
class ExplainView:
    """One campaign for one customer, in full. `acts` maps an act to why it cannot be done now (empty: it can).

    Acts: hand_over, voucher, attest, refresh.
    """

    person: PersonView
    line: OfferLine
    root: NodeView
    path: str
    stacking: tuple[str, ...]
    """`Lost to X because …`, and ties."""
    facts: tuple[FactLine, ...]
    disclosure: tuple[tuple[str, str], ...]
    bound: str
    """What an outage can cost at most, in words."""
    acts: dict[str, str]


@dataclass(frozen=True, slots=True)
class AttestField:
    """A fact that staff may see on the customer's phone. `kind`: yuan, number, yesno, date."""

    fact: str
    label: str
    kind: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class ItemChoice:
    """An item that the customer may choose, at one place and of one lot; the lot that expires first comes first."""

    id: str
    label: str
    place: str
    lot: str
    expires_on: str
    available: int


@dataclass(frozen=True, slots=True)
class HandOverView:
    """A reservation that waits for the hand-over."""

    claim: str
    person: PersonView
    line: OfferLine
    choices: tuple[ItemChoice, ...]
    """Empty when the reward is nothing physical."""
    right: str
    """In words: held at central, owned by this branch, lease of this terminal, provisional."""
    kept_until: str
    confirmations: tuple[tuple[str, str], ...]
    """Ways in which the customer confirms: code and words."""
    code_hint: str
    """What the customer reads aloud, when there is a code."""
    second_needed: str
    """Why a second person must approve, in words; empty when none needs to."""
    second_staff: tuple[StaffChoice, ...]
    terms: str
    """What the customer accepts when the claim is provisional; empty otherwise."""
    kept_seconds: int | None = None
    """From when this was asked until `kept_until`; None: there is no clock to show."""


@dataclass(frozen=True, slots=True)
class SlipView:
    """A slip as printed: lines of an 80 mm printer (48 cells), and what its QR code says, without personal data."""

    claim: str
    number: str
    lines: tuple[str, ...]
    qr: str
    title: str


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One claim in a list."""

    subject: str
    number: str
    name: str
    phone: str
    campaign: str
    reward: str
    status: str
    status_words: str
    ruling_words: str
    """Central's ruling in words; empty while there is none."""
    staff: str
    at: str
    pending: bool
    exceptional: bool = False
    settled: bool = False


@dataclass(frozen=True, slots=True)
class StockLine:
    """What is at one place of one item and lot."""

    sku: str
    label: str
    place: str
    place_words: str
    lot: str
    expires_on: str
    quantity: int
    reserved: int
    short: int = 0
    """How many more left than were there: must be explained by a count."""
    low: bool = False
    expiring: bool = False


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """A dispatch that is on its way."""

    subject: str
    note_number: str
    items: tuple[tuple[str, str, str, str, int], ...]
    """SKU, label, lot, best before, quantity sent."""
    sent_at: str


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of a blind count: no quantity is shown."""

    sku: str
    label: str
    lot: str
    expires_on: str


@dataclass(frozen=True, slots=True)
class CountView:
    """A count that waits for somebody else. `lines`: label, lot, in the books, counted, difference."""

    subject: str
    place_words: str
    counted_by: str
    at: str
    lines: tuple[tuple[str, str, int, int, int], ...]
    outdated: bool
    """Goods moved since it was counted."""
    may_approve: str
    """Why whoever works here may not approve it; empty: they may."""


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A stock document that stands. `moves`: item, lot, how many, from where, to where."""

    subject: str
    kind_words: str
    note_number: str
    reason: str
    staff: str
    second_staff: str
    at: str
    moves: tuple[tuple[str, str, int, str, str], ...]
    may_take_back: str
    """Why whoever works here may not take it back; empty: they may."""


@dataclass(frozen=True, slots=True)
class ClosingLine:
    """One item at one place over the day."""

    label: str
    place_words: str
    lot: str
    opening: int
    came: int
    went: int
    corrected: int
    expected: int
    counted: int | None
    """None: not counted today."""


@dataclass(frozen=True, slots=True)
class ClosingView:
    """The end of a business day. `hindrances`, in words, say why it cannot be closed; empty: it can."""

    day: str
    lines: tuple[ClosingLine, ...]
    open_reservations: tuple[str, ...]
    unsynced: int
    hindrances: tuple[str, ...]
    closed_by: str = ""
    digest: str = ""
    missed: tuple[str, ...] = ()
    """Earlier days on which goods moved and that nobody closed: the lines are of them and of today."""


@dataclass(frozen=True, slots=True)
class SignalLine:
    """Something that a supervisor should look into: self-dealing, approver pairs, odd hours and speeds."""

    signal: str
    words: str
    staff: str
    count: int
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CampaignLine:
    """One campaign in the list. `status`: draft, announced, running, paused, ended."""

    id: str
    version: int
    title: str
    status: str
    status_words: str
    period: str
    left: str
    claims_today: int


@dataclass(frozen=True, slots=True)
class CampaignView:
    """The page of one campaign."""

    line: CampaignLine
    facts: tuple[tuple[str, str], ...]
    """Reward, period, group, approval, offline policy, tax, compliance reference …: label and words."""
    rules: NodeView
    """The conditions as they are, without a person: `good` is None everywhere."""
    disclosure: tuple[tuple[str, str], ...]
    bound: str
    approved_by: str


@dataclass(frozen=True, slots=True)
class BacktestView:
    """One campaign over yesterday's people. `failing`: condition in words, how many it fails, near misses."""

    campaign: str
    day: str
    people: int
    eligible: int
    unknown: int
    near_misses: int
    cost: str
    budget: str
    over_budget: bool
    stock: tuple[tuple[str, int, int], ...]
    """Item, needed, there."""
    failing: tuple[tuple[str, int, int], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class LineIn:
    """One line of a stock form, as typed: how many, in digits."""

    sku: str
    lot: str
    expires_on: str
    quantity: str
    sent: int | None = None
    """Of a delivery: what the dispatch note says."""
