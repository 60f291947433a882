"""What the entries of a claim have in common, and what its acts are judged by."""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from branch_console.desk.gifts.booth import Booth
from branch_console.desk.gifts.checking import Promise, Weighed, weigh
from branch_console.desk.gifts.facts import facts_for
from branch_console.desk.gifts.people import Person
from branch_console.desk.gifts.rights import offline_of
from branch_console.desk.gifts.scene import Own, Scene
from branch_console.rules.canonical import Json
from branch_console.rules.eligibility.book import FactBook
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.eligibility.evidence import facts_digest, facts_json, tree_json
from branch_console.rules.errors import RuleError
from branch_console.rules.gifts.claim_acts import Counter
from branch_console.rules.gifts.claim_entries import Granted, Right
from branch_console.rules.gifts.parts import Move
from branch_console.rules.gifts.states import ClaimState
from branch_console.rules.journal import format_at
from data.act import Act
from data.gift_queries import Reading
from data.store import Store


class Case(NamedTuple):
    """One campaign for one customer as a transaction sees it."""

    person: Person
    line: Weighed
    scene: Scene
    book: FactBook

    @property
    def campaign(self) -> Campaign:
        """The rules that are applied."""
        return self.line.campaign


def claim_in(source: Act | Store, subject: str) -> ClaimState:
    """The claim as a transaction, or the store, sees it. Raises RuleError `claim_unknown`."""
    state = source.state(subject)
    if not isinstance(state, ClaimState) or not state.status:
        raise RuleError("claim_unknown")
    return state


def person_in(state: ClaimState) -> Person:
    """The customer of a claim."""
    if state.erased:
        raise RuleError("claim_erased")
    return Person(
        keys={scope: (key,) for scope, key in state.keys.items()},
        name=state.name,
        phone=state.phone,
        journey=state.journey,
    )


def promised(booth: Booth, source: Reading, subject: str, state: ClaimState) -> Case:
    """A reservation, or a voucher that central has confirmed, weighed again by the rules with which it began.

    Raises RuleError `campaign_unknown` when those rules are not held here any more.
    """
    campaign = booth.store.reference.campaign(state.campaign, state.version)
    if campaign is None:
        raise RuleError("campaign_unknown")
    own = Own(subject, state)
    confirmed = state.status == "vouchered" and state.outcome == "confirmed"
    promise = Promise(held=state.right_kind == "hold" or confirmed, own=own)
    person = person_in(state)
    scene = Scene.of(booth, source, own)
    book = facts_for(booth, source, person, scene, own)
    line = weigh(booth, source, person, scene, book, campaign, promise)
    return Case(person, line, scene, book)


def counter_of(booth: Booth, act: Act, case: Case) -> Counter:
    """For the evaluator of acts."""
    here = case.scene.campaigns.get(case.campaign.id)
    insider = case.book.raw.get("insider")
    return Counter(
        campaign=case.campaign,
        status="" if here is None else here.status,
        offline=offline_of(booth, act, case.line.owned),
        insider=insider is not None and insider.value is True,
    )


def named(case: Case, reward: Granted, right: Right) -> dict[str, Json]:
    """What each entry of a claim says: campaign, customer, reward, right, and why it was allowed."""
    campaign = case.campaign
    facts = facts_json(case.book, case.line.compiled)
    return {
        "campaign": {"id": campaign.id, "version": campaign.version, "rule_hash": campaign.rule_hash},
        "recipient": case.person.recipient(),
        "reward": reward.model_dump(),
        "right": right.model_dump(),
        "evidence": {
            "verdict": case.line.judged.verdict,
            "checked_at": format_at(case.book.now),
            "facts_digest": facts_digest(facts),
            "facts": facts,
            "tree": tree_json(case.line.node),
        },
    }


def entitlement_code(signature: str) -> str:
    """The six digits that the holder of an entitlement reads aloud.

    They follow from central's signature, so that a branch can check them without a network; no screen shows them.
    """
    return f"{int.from_bytes(hashlib.sha256(signature.encode()).digest()[:8]) % 1_000_000:06d}"


def json_of(moves: Sequence[Move]) -> list[Json]:
    """Moves as an entry holds them."""
    return [move.model_dump() for move in moves]
