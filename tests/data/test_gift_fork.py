"""A terminal that goes on in a new journal keeps what stays of erased claims: goods are booked as before."""

from branch_console.rules.gifts.forgetting import erasure
from branch_console.rules.gifts.states import ClaimState
from data.store import Store
from tests.data.gifts import about, hand_over
from tests.data.world import THIRD, act, identity


def test_what_stays_of_an_erased_claim_goes_along_into_the_new_journal(store: Store) -> None:
    claim = about("claim", 1)
    act(store, claim, ("claim.handed_over", hand_over()))
    act(store, claim, ("data.erased", {"entries": erasure(store.entries(claim)), "why": "retention"}))
    before = store.state(claim)
    assert store.continue_in_new_journal(identity(THIRD)) == 2
    after = store.state(claim)
    assert isinstance(before, ClaimState)
    assert isinstance(after, ClaimState)
    assert [entry.terminal for entry in store.entries(claim)] == [THIRD, THIRD]
    assert store.entries(claim)[0].data is None
    assert [each.move for each in after.booked] == [each.move for each in before.booked] != []
    assert (after.status, after.receipt_number, after.keys) == ("handed_over", before.receipt_number, {})
