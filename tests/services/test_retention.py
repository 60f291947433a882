"""Customers' data goes from the terminal when its time has come, by itself, and only after central has it."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from branch_console.rules.journey_state import JourneyState
from branch_console.services import housekeeping
from branch_console.services.housekeeping import Housekeeping
from branch_console.services.slips.files import SLIPS
from data.errors import DiskFullError
from data.retention import Purged
from data.store import Store
from tests.services.branch import Branch, Terminal
from tests.services.conftest import MakeTerminal
from tests.services.customer import NAME, PHONE, Customer


def in_days(terminal: Terminal, days: int) -> Callable[[], datetime]:
    """A clock that is so many days ahead."""
    return lambda: datetime.now(terminal.store.identity.zone) + timedelta(days=days)


def keep_house(terminal: Terminal, days: int) -> None:
    """One round of it, so many days later."""
    house = Housekeeping(
        terminal.store, in_days(terminal, days), terminal.settings.retention_days, terminal.home / SLIPS
    )
    house.start()
    house.stop()


def name_of(terminal: Terminal, subject: str) -> str | None:
    """The customer's name, as long as it is kept."""
    state = terminal.store.state(subject)
    assert isinstance(state, JourneyState)
    return state.name


def test_a_finished_customers_data_goes_after_its_days_once_central_has_it(
    make_terminal: MakeTerminal, branch_alone: Branch
) -> None:
    terminal = make_terminal().login("wang")
    terminal.wait_drained()
    branch_alone.central.stop()
    terminal.wait_offline()
    customer = Customer(terminal.services.onboarding)
    subject = customer.start()
    assert customer.walk(subject).status == "finished"
    keep_house(terminal, 20)
    assert name_of(terminal, subject) == NAME  # central has not confirmed it
    branch_alone.central.start()
    terminal.services.try_now()
    terminal.wait_drained()
    keep_house(terminal, 6)
    assert name_of(terminal, subject) == NAME
    keep_house(terminal, 8)
    assert name_of(terminal, subject) is None
    assert terminal.services.onboarding.find(PHONE).lines == ()
    assert terminal.services.onboarding.count("finished") == 1  # that there was a visit stays
    log = (terminal.home / "logs" / "console.log").read_text()
    assert '"event":"retention"' in log
    assert '"journeys":1' in log
    assert NAME not in log


def test_pieces_of_files_that_nobody_finished_go_too(make_terminal: MakeTerminal) -> None:
    terminal = make_terminal().login("wang")
    slips = terminal.home / SLIPS
    slips.mkdir()
    (slips / ".slip-1").write_text("half")
    keep_house(terminal, 0)
    assert (slips / ".slip-1").exists()
    keep_house(terminal, 1)
    assert list(slips.iterdir()) == []
    slips.rmdir()
    slips.write_text("no folder")
    keep_house(terminal, 1)


@pytest.fixture
def purges(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """(thread, days) of every purge, instead of purging."""
    seen: list[tuple[str, int]] = []

    def purge(_store: Store, _now: datetime, *, days: int, rest: Callable[[], bool]) -> Purged:
        seen.append((threading.current_thread().name, days))
        return Purged(0, 0, 0)

    monkeypatch.setattr(housekeeping, "purge", purge)
    return seen


def test_a_login_begins_it_in_a_thread_of_its_own(make_terminal: MakeTerminal, purges: list[tuple[str, int]]) -> None:
    terminal = make_terminal().login("wang")
    terminal.services.logout("left")
    assert purges == [("housekeeping", terminal.settings.retention_days)]


def test_it_goes_on_as_long_as_the_session_and_survives_a_full_disk(
    make_terminal: MakeTerminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = make_terminal().login("wang")
    thrice = threading.Event()
    rounds: list[int] = []

    def purge(_store: Store, _now: datetime, *, days: int, rest: Callable[[], bool]) -> Purged:
        rounds.append(days)
        if len(rounds) >= 3:
            thrice.set()
        raise DiskFullError

    monkeypatch.setattr(housekeeping, "purge", purge)
    often = timedelta(milliseconds=1)
    house = Housekeeping(terminal.store, in_days(terminal, 0), 5, terminal.home / SLIPS, every=often, look_every=often)
    house.start()
    assert thrice.wait(30)
    house.stop()
    done = len(rounds)
    assert rounds == [5] * done
    assert '"code":"store_disk_full"' in (terminal.home / "logs" / "console.log").read_text()
