"""Who acts at the gift desk, with whom beside them, and what is there to act with: as one transaction sees it."""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from branch_console.desk.desk import Desk
from branch_console.desk.gifts.booth import Booth
from branch_console.rules.errors import RuleError
from branch_console.rules.gifts.hands import PAIR_LIMIT, Hands
from branch_console.rules.gifts.ledger import Slot
from branch_console.rules.roles import ALLOWED
from branch_console.rules.staff import Role
from data import gift_queries as gifts
from data.gift_queries import Reading
from data.lists import staff_list

_CLAIMS_OF_A_DAY = 10_000


class Second(NamedTuple):
    """A second member of staff who stands by; `role` None and `staff` None: nobody does."""

    staff: str | None
    role: Role | None


NOBODY = Second(None, None)


def second_person(desk: Desk, staff: str, password: str) -> Second:
    """Whoever stands by and has just proved it by password; an empty `staff`: nobody.

    Raises RuleError `second_person_same`, and what a wrong password raises.
    """
    if not staff:
        return NOBODY
    if staff == desk.staff:
        raise RuleError("second_person_same")
    return Second(staff, desk.second_person(staff, password))


def hands(
    booth: Booth,
    source: Reading,
    second: Second = NOBODY,
    *,
    there: Mapping[Slot, int] | None = None,
    signer: tuple[str, Role] | None = None,
) -> Hands:
    """For the evaluators of rules/gifts. `there`: what may be taken, when it has been worked out already.

    `signer`: somebody else acts than whoever works here.
    """
    desk = booth.desk
    staff, role = signer or (desk.staff, desk.role)
    rules = booth.store.reference.desk_rules
    return Hands(
        staff=staff,
        role=role,
        terminal=booth.store.identity.terminal,
        now=booth.now(),
        day=booth.today(),
        second_role=second.role,
        pairs=_pairs(booth, source, staff),
        pair_limit=PAIR_LIMIT if rules is None else rules.pair_limit.value,
        there=gifts.there(source, booth.now()) if there is None else there,
    )


def somebody_else(booth: Booth) -> bool:
    """Whether another member of staff works at the branch who might stand by."""
    return any(
        each.active and each.staff_id != booth.desk.staff and each.role in ALLOWED["stock.work"]
        for each in staff_list(booth.store)
    )


def _pairs(booth: Booth, source: Reading, staff: str) -> dict[str, int]:
    """How often each colleague and this member of staff have stood by each other today: at claims and at goods."""
    pairs = Counter(gifts.stood_by(source, staff, booth.today().isoformat()))
    for each in gifts.claims(source, tab="today", now=booth.now(), limit=_CLAIMS_OF_A_DAY):
        if each.second_staff is not None and staff in {each.staff, each.second_staff}:
            pairs[str(each.second_staff if each.staff == staff else each.staff)] += 1
    return dict(pairs)
