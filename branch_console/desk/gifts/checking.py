"""Checking: every campaign for one customer, with the verdict that a hand-over at this moment would be held to."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final, Literal, NamedTuple, TypeAlias, get_args

from branch_console.desk.gifts.booth import Booth
from branch_console.desk.gifts.earlier import owes
from branch_console.desk.gifts.facts import facts_for
from branch_console.desk.gifts.hands import somebody_else
from branch_console.desk.gifts.people import Person
from branch_console.desk.gifts.rights import Owned, owned
from branch_console.desk.gifts.scene import Own, Scene
from branch_console.rules.eligibility.book import FactBook
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.eligibility.compiled import Compiled, compile_campaign
from branch_console.rules.eligibility.node import Node, Params
from branch_console.rules.eligibility.paths import effort
from branch_console.rules.eligibility.situation import HoldProblem, Situation, Used
from branch_console.rules.eligibility.stacking import Offer, Resolution, resolve
from branch_console.rules.eligibility.verdicts import Judged, judge, needs_second
from branch_console.rules.gifts.claim_entries import Verdict
from data.gift_queries import Reading

BEST_FIRST: Final[tuple[Verdict, ...]] = (
    "ELIGIBLE",
    "ELIGIBLE_OFFLINE",
    "NEEDS_APPROVAL",
    "PROVISIONAL",
    "VOUCHER",
    "NOT_YET",
    "NEED_SYNC",
    "OUT_OF_STOCK",
    "SUPERSEDED",
    "ALREADY_CLAIMED",
    "HELD",
    "NO",
)
OPEN: Final = frozenset(BEST_FIRST[:5])
"""Verdicts with which the customer gets something now: those compete within a group."""


Status: TypeAlias = Literal["announced", "running", "paused", "ended"]

_FORMS: Final[dict[int, Compiled]] = {}
_MOST_FORMS: Final = 1000
_FAR: Final = 10**12
"""More than any effort."""


class Promise(NamedTuple):
    """What stands behind a hand-over already.

    `held`: central has granted the hold. `own`: the reservation that is being handed over. `problem`, `details`: why
    central refused a hold.
    """

    held: bool = False
    own: Own | None = None
    problem: HoldProblem | None = None
    details: Params | None = None


NOTHING_YET: Final = Promise()


class Weighed(NamedTuple):
    """One campaign for one customer. `lost_to`: the campaigns that take its place, by their ids."""

    compiled: Compiled
    node: Node
    judged: Judged
    owned: Owned
    lost_to: tuple[str, ...] = ()

    @property
    def campaign(self) -> Campaign:
        """The rules that were applied."""
        return self.compiled.campaign


class Checked(NamedTuple):
    """All campaigns for one customer, best first."""

    person: Person
    scene: Scene
    book: FactBook
    lines: tuple[Weighed, ...]
    resolution: Resolution
    at: datetime

    def line(self, campaign: str) -> Weighed | None:
        """The line of a campaign."""
        return next((each for each in self.lines if each.campaign.id == campaign), None)


def check(booth: Booth, source: Reading, person: Person, promise: Promise = NOTHING_YET) -> Checked:
    """Every campaign that central has spoken of and not ended. Raises RuleError."""
    booth.require("gift.check")
    scene = Scene.of(booth, source, promise.own)
    book = facts_for(booth, source, person, scene, promise.own)
    weighed = {
        name: weigh(booth, source, person, scene, book, campaign)
        for name, campaign in scene.rules.items()
        if scene.campaigns[name].status != "ended"
    }
    resolution = _resolve(booth, book, person, list(weighed.values()))
    for name, lost in resolution.lost.items():
        line = weigh(booth, source, person, scene, book, scene.rules[name], superseded_by=", ".join(lost.to))
        weighed[name] = line._replace(lost_to=lost.to)
    lines = tuple(sorted(weighed.values(), key=_rank))
    return Checked(person, scene, book, lines, resolution, book.now)


def weigh(
    booth: Booth,
    source: Reading,
    person: Person,
    scene: Scene,
    book: FactBook,
    campaign: Campaign,
    promise: Promise = NOTHING_YET,
    superseded_by: str | None = None,
) -> Weighed:
    """One campaign, by the evaluator that the check, the reservation and the hand-over share."""
    compiled = compiled_form(campaign)
    node = compiled.explain(book)
    found = owned(booth, source, person, campaign, promise.own)
    situation = _situation(booth, scene, book, campaign, found, promise)
    if superseded_by is not None:
        situation = replace(situation, superseded_by=superseded_by)
    return Weighed(compiled, node, judge(campaign, node, situation), found)


def compiled_form(campaign: Campaign) -> Compiled:
    """A campaign made ready to be asked; made once for each document that was read."""
    found = _FORMS.get(id(campaign))
    if found is None:
        if len(_FORMS) >= _MOST_FORMS:
            _FORMS.clear()
        found = _FORMS[id(campaign)] = compile_campaign(campaign)  # which keeps the campaign, so that its id stays
    return found


def _situation(
    booth: Booth, scene: Scene, book: FactBook, campaign: Campaign, found: Owned, promise: Promise
) -> Situation:
    """What beside the facts decides. A word that was given holds although the campaign was paused meanwhile.

    On a risk hold central keeps nothing for anybody, whatever the rule asks: so neither does the check.
    """
    here = scene.campaigns.get(campaign.id)
    kind = None if promise.own is None else promise.own.state.right_kind
    risk = book.raw.get("open_hold")
    risky = risk is not None and risk.value is True and not promise.held
    age = booth.claimed.age(booth.now())
    hours = None if age is None else int(age.total_seconds() // 3600)
    return Situation(
        online=booth.online and promise.own is None,
        status="running" if promise.own is not None or here is None else _status(here.status),
        entitlement=found.entitlement is not None or kind == "entitlement",
        lease_left=found.lease_left,
        filter_age_hours=0 if kind == "provisional" else hours,
        used=Used(*found.used),
        stock={sku: book.raw[f"stock.{sku}"].value for sku in campaign.skus if f"stock.{sku}" in book.raw},
        held=promise.held,
        hold_problem=promise.problem or ("fact-hold" if risky else None),
        hold_details=promise.details or {},
        owing=promise.own is None and owes(book.raw, campaign),
        second_person=not needs_second(campaign) or somebody_else(booth),
    )


def _status(name: str) -> Status:
    """A campaign's state as central says it; one that this version does not know hands nothing out."""
    for known in get_args(Status):
        if name == known:
            found: Status = known
            return found
    return "paused"


def _resolve(booth: Booth, book: FactBook, person: Person, lines: Sequence[Weighed]) -> Resolution:
    """Which of the rewards that the customer may have now go together, beside those already had."""
    offers = [Offer.of(each.campaign) for each in lines if each.judged.verdict in OPEN]
    known = {each.campaign for each in offers}
    had: dict[str, Offer] = {}
    for scope in person.keys:
        fact = book.raw.get(f"claims.{scope}")
        for row in [] if fact is None else fact.value:
            rules = _rules_of(booth, row["campaign"])
            if rules is not None and rules.right_scope("person") == scope and row["campaign"] not in known:
                had[rules.id] = Offer.of(rules)
    return resolve(offers, list(had.values()))


def _rules_of(booth: Booth, campaign: str) -> Campaign | None:
    """The newest rules of a campaign that are held here, whatever became of it."""
    held = [each for (name, _), each in booth.store.reference.campaigns.items() if name == campaign]
    return max(held, key=lambda each: each.version, default=None)


def _rank(line: Weighed) -> tuple[int, int, int, int, date, str]:
    """Best first: what the customer gets now; what is nearest; then as the stacking orders."""
    campaign, judged = line.campaign, line.judged
    verdict = BEST_FIRST.index(judged.verdict)
    away = _away(judged) if judged.verdict == "NOT_YET" else 0
    return (verdict, away, -campaign.priority, -campaign.unit_value_fen, campaign.runs.ends, campaign.id)


def _away(judged: Judged) -> int:
    """How far a reward is that the customer cannot have yet; of campaigns that do not run, further than any that do."""
    if judged.params["reason"] in {"announced", "paused"}:
        return 2 * _FAR
    return _FAR if judged.path is None else sum(effort(step) for step in judged.path.steps)
