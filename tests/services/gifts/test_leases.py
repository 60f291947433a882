"""Leases from grant to return, between a console that is cut off and a real central: paused, resumed, restored."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from branch_console.central import campaigns
from branch_console.central.administration import Office
from branch_console.rules.eligibility.life import Step
from branch_console.rules.gifts.states import LeaseState
from data.right_lists import Lease
from tests.fixtures.central import until, url_of
from tests.services.branch import PASSWORD
from tests.services.gifts.conftest import SIGNED, SPEND, Counter, know, own_leases, spent, wait_leased

LEASED = 10
"""What the sample leases to one terminal."""


def at_central(counter: Counter) -> list[tuple[object, ...]]:
    """Quantity, status and what was used of every lease, first granted first."""
    return counter.central.sql("SELECT quantity, status, used FROM lease ORDER BY granted_at")


def taken(counter: Counter) -> object:
    """How many rewards are taken of the campaign's quantity: handed over, or in somebody's custody."""
    [(used,)] = counter.central.sql("SELECT sum(used)::int FROM cap_use WHERE scope = 'quantity'")
    return used


def do(counter: Counter, what: Step) -> None:
    """Pause or resume the campaign."""

    async def work(at: Office) -> None:
        await campaigns.change(at, SPEND, what, "approver", "goods are late" if what == "pause" else None)

    counter.central.office(work)


def cut_off(counter: Counter, person: str) -> None:
    """Without a network from now on, when the campaign runs here again and the customer's facts have come."""
    counter.terminal.wait(lambda: counter.line(person).verdict in {"ELIGIBLE", "ELIGIBLE_OFFLINE"})
    counter.terminal.services.cut_network(True)
    counter.terminal.wait_offline()


def hand_over_cut_off(counter: Counter, person: str) -> str:
    """Without a network, under the lease; the claim's subject."""
    cut_off(counter, person)
    begun = counter.gifts.begin(person, SPEND)
    assert begun.right == "本机额度"
    counter.gifts.hand_over(begun.claim, "", *SIGNED, "li", PASSWORD)
    return begun.claim


def reconnect(counter: Counter) -> None:
    """The network is back."""
    counter.terminal.services.cut_network(False)
    counter.terminal.services.try_now()


def wait_ruled(counter: Counter) -> str:
    """How the newest claim was ruled, in words."""
    gifts = counter.gifts
    counter.terminal.wait(lambda: bool(gifts.claims("all", 0, 1)[0].ruling_words))
    return gifts.claims("all", 0, 1)[0].ruling_words


def lease_state(counter: Counter, lease: Lease) -> LeaseState:
    state = counter.terminal.store.state(lease.subject)
    assert isinstance(state, LeaseState)
    return state


def order_at_central(counter: Counter) -> list[tuple[object, ...]]:
    """What was said of leases, in the order in which central stored it."""
    return counter.central.sql(
        "SELECT e.type, split_part(e.subject, '/', 2) FROM feed f JOIN entry e ON e.branch = f.branch"
        " AND e.writer = f.writer AND e.seq BETWEEN f.first_seq AND f.last_seq"
        " WHERE e.type IN ('lease.granted', 'lease.returned') ORDER BY f.position, e.seq"
    )


def test_paused_while_cut_off_it_goes_back_by_itself_and_resumed_there_is_another(counter: Counter) -> None:
    know(counter.central, payments=spent(60000))
    person = counter.customer()
    lease = wait_leased(counter)
    assert (lease.quantity, taken(counter)) == (LEASED, LEASED)
    hand_over_cut_off(counter, person)
    do(counter, "pause")
    until(lambda: at_central(counter) == [(LEASED, "recalled", None)])
    assert taken(counter) == LEASED  # what a dark terminal holds is nobody else's
    reconnect(counter)
    until(lambda: at_central(counter) == [(LEASED, "returned", 1)])
    assert taken(counter) == 1
    assert wait_ruled(counter) == "已确认"
    assert (lease_state(counter, lease).status, lease_state(counter, lease).used) == ("returned", 1)
    assert own_leases(counter) == []
    do(counter, "resume")
    again = wait_leased(counter, lease.id)
    assert (again.left, taken(counter)) == (LEASED, 1 + LEASED)
    assert not lease_state(counter, lease).marks


def test_a_recalled_one_goes_back_as_soon_as_nothing_is_kept_under_it(counter: Counter) -> None:
    know(counter.central, payments=spent(60000))
    person = counter.customer()
    lease = wait_leased(counter)
    cut_off(counter, person)
    begun = counter.gifts.begin(person, SPEND)
    assert begun.right == "本机额度"
    do(counter, "pause")
    reconnect(counter)
    counter.terminal.wait(lambda: lease_state(counter, lease).status == "recalled")
    counter.terminal.wait_drained()
    assert at_central(counter) == [(LEASED, "recalled", None)]
    counter.gifts.release(begun.claim, "customer_left", "")
    until(lambda: at_central(counter) == [(LEASED, "returned", 0)])
    assert taken(counter) == 0


def restored(counter: Counter, backup: str) -> None:
    """Central serves an older state of its database, under the same address."""
    central = counter.central
    central.stop()
    central.database = backup
    central.start()


@contextmanager
def backup_of(counter: Counter, server: str) -> Iterator[str]:
    """A copy of the database, taken while nobody uses it; central serves on. In the end everything stops."""
    central = counter.central
    name = str(central.sql("SELECT current_database()")[0][0])
    central.stop()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}_old TEMPLATE {name}".encode())
    central.start()
    try:
        yield url_of(server, f"{name}_old")
    finally:
        counter.terminal.services.stop()
        central.stop()
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name}_old WITH (FORCE)".encode())


def test_after_a_restore_a_lease_of_before_goes_back_before_another_is_granted(
    counter: Counter, postgres_url: str
) -> None:
    know(counter.central, payments=spent(60000))
    person = counter.customer()
    lease = wait_leased(counter)
    counter.terminal.wait_drained()
    with backup_of(counter, postgres_url) as backup:
        counter.terminal.wait_drained()
        hand_over_cut_off(counter, person)
        restored(counter, backup)
        assert at_central(counter) == [(LEASED, "open", None)]
        reconnect(counter)
        again = wait_leased(counter, lease.id)
        assert again.epoch != lease.epoch
        assert at_central(counter) == [(LEASED, "returned", 1), (LEASED, "open", None)]
        assert wait_ruled(counter) == "已确认"
        assert taken(counter) == 1 + LEASED


def test_after_a_restore_that_forgot_the_lease_nothing_is_granted_before_it_went_back(
    counter: Counter, postgres_url: str
) -> None:
    know(counter.central, payments=spent(60000))
    person = counter.customer()
    first = wait_leased(counter)
    do(counter, "pause")
    until(lambda: at_central(counter) == [(LEASED, "returned", 0)])
    counter.terminal.wait_drained()
    with backup_of(counter, postgres_url) as backup:
        do(counter, "resume")
        second = wait_leased(counter, first.id)
        counter.terminal.wait_drained()
        hand_over_cut_off(counter, person)
        restored(counter, backup)
        do(counter, "resume")
        reconnect(counter)
        third = wait_leased(counter, first.id, second.id)
        assert wait_ruled(counter) == "已确认：超出所给额度"
        assert at_central(counter) == [(LEASED, "returned", 0), (LEASED, "open", None)]
        assert taken(counter) == 1 + LEASED
        said = order_at_central(counter)
        assert said.index(("lease.returned", second.id)) < said.index(("lease.granted", third.id))
        assert (lease_state(counter, second).status, lease_state(counter, second).used) == ("returned", 1)
