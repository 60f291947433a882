"""Two terminals of one branch; a console that is killed; a store that was put back."""

import json
import signal
import sys

from branch_console.rules.journey_state import JourneyState
from branch_console.services import maintenance
from branch_console.services.enrolling import continue_journal
from data.verify import verify
from tests.fixtures.central import CentralProcess
from tests.fixtures.forked import PIPE, popen
from tests.services.branch import PASSWORD, Branch, Terminal
from tests.services.conftest import MakeTerminal
from tests.services.customer import Customer


def state(terminal: Terminal, subject: str) -> JourneyState | None:
    """A journey as folded at a terminal."""
    found = terminal.store.state(subject)
    assert found is None or isinstance(found, JourneyState)
    return found


def same(one: Terminal, two: Terminal, subject: str) -> None:
    """Wait until both hold the same entries of a journey, and see that they make the same of it."""
    two.wait(lambda: len(two.store.entries(subject)) >= len(one.store.entries(subject)))
    one.wait(lambda: len(one.store.entries(subject)) == len(two.store.entries(subject)))
    assert one.store.entries(subject) == two.store.entries(subject)
    assert state(one, subject) == state(two, subject)


def started(central: CentralProcess) -> set[str]:
    """The journeys that central has."""
    return {str(subject) for (subject,) in central.sql("SELECT subject FROM entry WHERE type = 'journey.started'")}


def test_a_journey_begun_offline_goes_on_at_the_other_terminal(
    make_terminal: MakeTerminal, branch_alone: Branch
) -> None:
    one, two = make_terminal("K-01").login("wang"), make_terminal("K-02").login("li")
    branch_alone.central.stop()
    one.wait_offline()
    here = Customer(one.services.onboarding)
    subject = here.start()
    here.walk(subject, until="official_app")
    assert one.services.sync_view().pending > 0
    branch_alone.central.start()
    one.services.try_now()
    two.services.try_now()
    one.wait_drained()
    same(one, two, subject)
    there = two.services.onboarding
    view = there.open(subject)
    assert (view.mine, view.elsewhere, view.holder_name) == (False, "K-01", "员工wang")
    view = there.take_over(subject, view.take_over_reasons[0].value)
    assert view.mine
    assert view.step is not None
    assert view.step.id == "official_app"
    assert Customer(there).walk(subject).status == "finished"
    two.wait_drained()
    same(two, one, subject)
    assert one.services.onboarding.open(subject).status == "finished"
    assert not one.services.onboarding.open(subject).conflicts


def test_what_both_sides_did_while_cut_off_is_marked_on_both(make_terminal: MakeTerminal, branch_alone: Branch) -> None:
    one, two = make_terminal("K-01").login("wang"), make_terminal("K-02").login("li")
    here, there = Customer(one.services.onboarding), two.services.onboarding
    subject = here.start()
    one.wait_drained()
    same(one, two, subject)
    branch_alone.central.stop()
    reason = there.open(subject).take_over_reasons[0].value
    there.take_over(subject, reason)
    here.walk(subject, until="device")
    branch_alone.central.start()
    for terminal in (one, two):
        terminal.services.try_now()
    one.wait_drained()
    two.wait_drained()
    same(one, two, subject)
    views = [each.services.onboarding.open(subject) for each in (one, two)]
    assert views[0].conflicts == views[1].conflicts > 0
    assert len(views[0].conflict_notes) == views[0].conflicts
    assert views[0].holder == views[1].holder == "li"


def test_kill_9_loses_nothing_that_was_said_to_be_saved(make_terminal: MakeTerminal) -> None:
    terminal = make_terminal()
    for acts in (3, 8):
        child = popen([sys.executable, "-m", "tests.services.acting", str(terminal.home)], stdout=PIPE, text=True)
        assert child.stdout is not None
        said = [json.loads(child.stdout.readline()) for _ in range(acts)][-1]
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        terminal.login("wang")
        assert terminal.store.hash_at(said["seq"]) == said["hash"]
        rows = terminal.services.onboarding.open(said["subject"]).rows
        assert set(said["done"]) <= {row.id for row in rows if row.status == "done"}
        assert verify(terminal.store).ok
        terminal.services.logout("left")
    terminal.login("wang")
    terminal.wait_drained()


def test_a_store_that_was_put_back_goes_on_in_a_new_journal_with_each_act_once(
    make_terminal: MakeTerminal, branch_alone: Branch
) -> None:
    one, two = make_terminal("K-01").login("wang"), make_terminal("K-02").login("li")
    one.wait_drained()
    branch_alone.central.stop()
    board = one.services.onboarding
    first = board.start("II").subject  # in the backup, not yet sent
    one.services.logout("left")
    folder = one.home.parent / "backup"
    maintenance.backup(one.settings, "liu", PASSWORD, folder)
    branch_alone.central.start()
    one.login("wang")
    second = one.services.onboarding.start("II").subject  # sent, but not in the backup
    one.wait_drained()
    one.services.logout("left")

    maintenance.restore(one.settings, "liu", PASSWORD, folder, give_up_unsent=True)
    one.login("wang")
    third = one.services.onboarding.start("II").subject  # written into the old history
    one.wait(lambda: one.services.sync_view().state == "needs_a_person")
    one.services.logout("left")

    continue_journal(one.settings, branch_alone.central.url, branch_alone.new_code(), "K-01b", "wang", PASSWORD)
    one.login("wang")
    one.wait_drained()
    two.services.try_now()
    for subject in (first, second, third):
        same(one, two, subject)
        found = state(one, subject)
        assert found is not None
        acts = {each.id for each in one.store.entries(subject)}
        assert found.entries == len(acts)  # one that stands in both journals counts once
        assert not found.marks
    assert one.services.onboarding.count("mine") == two.services.onboarding.count("branch") == 3
    assert started(branch_alone.central) == {first, second, third}
    assert verify(one.store).ok
    assert maintenance.verify(two.settings, "li", PASSWORD)["ok"]
    assert one.services.terminal is not None
    assert one.services.terminal.name == "K-01b"
