"""What is known of the claims of one person in one campaign that wait to be looked at, and what each of them needs."""

from collections.abc import Iterable
from typing import Literal, NamedTuple, TypeAlias, cast

from branch_console.central.caps import Use, uses_of_json
from branch_console.central.claim_mirror import person_of
from branch_console.central.database import Connection
from branch_console.rules.gifts.claims import CLAIM
from branch_console.rules.gifts.states import ClaimState

Need: TypeAlias = Literal["nothing", "other_docket", "give_back", "release_hold", "rule"]
Stage: TypeAlias = Literal["voucher", "gift"]

_QUEUED = """
SELECT q.branch, q.claim::text, min(q.place), array_agg(q.place), s.state, w.clock_offset_ms
FROM claim_queue q
JOIN state s ON s.branch = q.branch AND s.subject = 'claim/' || q.claim
LEFT JOIN writer w ON w.name = (SELECT r.terminal FROM claim_right r WHERE r.claim = q.claim)
WHERE q.campaign = %s AND q.person = %s GROUP BY 1, 2, 5, 6 ORDER BY 3
"""
_RULED = """
SELECT claim::text, stage, outcome, uses, given_back_at IS NOT NULL FROM claim_ruling WHERE claim = ANY(%s::uuid[])
"""


class Ruled(NamedTuple):
    """A ruling that was given, and what the claim took by it."""

    outcome: str
    uses: list[Use]
    given_back: bool


class Case(NamedTuple):
    """One claim in the queue: `places` are its rows there."""

    branch: str
    claim: str
    places: list[int]
    state: ClaimState
    clock_offset_ms: int | None
    ruled: dict[Stage, Ruled]

    @property
    def stage(self) -> Stage:
        """What a ruling now would be about."""
        return "voucher" if self.state.handed_over_at is None else "gift"


async def read_docket(connection: Connection, campaign: str, person: str) -> list[Case]:
    """The claims of the person in this campaign that wait, first come first. The caller holds the person's lock."""
    cursor = await connection.execute(_QUEUED, (campaign, person))
    rows = cast(list[tuple[str, str, int, list[int], bytes, int | None]], await cursor.fetchall())
    ruled = await _rulings(connection, [claim for _branch, claim, *_rest in rows])
    return [
        Case(branch, claim, places, CLAIM.load(state), offset, ruled.get(claim, {}))
        for branch, claim, _first, places, state, offset in rows
    ]


async def _rulings(connection: Connection, claims: list[str]) -> dict[str, dict[Stage, Ruled]]:
    found: dict[str, dict[Stage, Ruled]] = {}
    if not claims:
        return found
    cursor = await connection.execute(_RULED, (claims,))
    for claim, stage, outcome, uses, back in await cursor.fetchall():
        ruling = Ruled(cast(str, outcome), uses_of_json(uses), cast(bool, back))
        found.setdefault(cast(str, claim), {})[cast(Stage, stage)] = ruling
    return found


def need(case: Case, campaign: str, person: str) -> Need:
    """What is to be done about a claim. It is ruled on once for its voucher and once for its gift at most."""
    state = case.state
    if (state.campaign, person_of(state, case.claim)) != (campaign, person):
        return "other_docket"
    if given_up(state) and any(kept(case.ruled)):
        return "give_back"
    if state.handed_over_at is not None:
        voucher = case.ruled.get("voucher")
        done = "gift" in case.ruled or (voucher is not None and voucher.outcome == "confirmed")
        return "nothing" if done else "rule"
    if state.status == "vouchered":
        return "nothing" if "voucher" in case.ruled else "rule"
    if state.status == "released" and state.right_kind == "hold" and not case.ruled:
        return "release_hold"
    return "nothing"


def given_up(state: ClaimState) -> bool:
    """Whether the right is free again by what happened at the counter."""
    return state.status == "released" or (state.status == "returned" and state.reopens)


def kept(ruled: dict[Stage, Ruled]) -> Iterable[Use]:
    """What a claim has taken and not given back."""
    return [use for each in ruled.values() if not each.given_back for use in each.uses]
