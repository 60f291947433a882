"""The list of who has claimed arrives by itself, is checked before it is kept, and holds nobody up."""

from datetime import UTC, datetime, timedelta

import pytest

from branch_console.central.claimed_filter import build_filter
from data.claimed_filter import ClaimedFilter
from tests.fixtures.central import CentralProcess, until
from tests.sync.conftest import MakeTerminal
from tests.sync.proxy import Faults, proxy_to
from tests.sync.terminal import RealTerminal

NOBODY = "k1:" + "N" * 43


def build(central: CentralProcess) -> None:
    central.office(lambda at: build_filter(at.connection, at.facts, at.facts.epoch))


def kept(terminal: RealTerminal) -> ClaimedFilter:
    return ClaimedFilter(terminal.store)


def test_it_arrives_and_answers(central: CentralProcess, make_terminal: MakeTerminal) -> None:
    build(central)
    terminal = make_terminal()
    terminal.start()
    age = until(lambda: kept(terminal).age(datetime.now(UTC)))
    assert age is not None
    assert timedelta(0) < age < timedelta(minutes=5)
    assert kept(terminal).maybe_claimed("some_campaign", NOBODY, datetime.now(UTC)) is False
    place = kept(terminal).place()
    assert place is not None
    assert place.epoch == terminal.status["epoch"]


def test_it_is_not_asked_for_again_while_it_is_young(central: CentralProcess, make_terminal: MakeTerminal) -> None:
    build(central)
    terminal = make_terminal()
    terminal.start()
    until(lambda: kept(terminal).place())
    before = kept(terminal).place()
    terminal.stop()
    build(central)
    terminal.start()
    terminal.write(1)
    terminal.wait_drained()
    assert kept(terminal).place() == before


@pytest.mark.parametrize(
    "faults", [Faults(limit_down=600), Faults(portal=True)], ids=["cut off in the middle", "captive portal"]
)
def test_what_is_not_central_s_is_not_kept(
    central: CentralProcess, make_terminal: MakeTerminal, faults: Faults
) -> None:
    build(central)
    with proxy_to(central.port) as proxy:
        terminal = make_terminal(url=proxy.url)
        proxy.faults = faults
        terminal.start(timeout=2.0)
        until(lambda: proxy.connections >= 3)
        assert kept(terminal).age(datetime.now(UTC)) is None
        assert kept(terminal).problem is None
        proxy.faults = Faults()
        proxy.reset()
        terminal.send("try_now")
        until(lambda: kept(terminal).place())
