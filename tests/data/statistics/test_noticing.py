"""Every way in which a state can change leaves its facts due; days that central froze are listed."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from branch_console.rules.cases.states import CaseState
from branch_console.rules.catalogue import FOLDS
from branch_console.rules.journal import Data, entry_hash
from branch_console.rules.reference import Reference
from branch_console.rules.statistics.day_entries import figures_subject
from branch_console.rules.statistics.day_state import frozen_data, restated_data
from branch_console.rules.statistics.restating import Restatement
from data import meta
from data.case_projection import read_again
from data.published import Published
from data.statistics import days, due
from data.statistics.catching_up import catch_up_all, caught_up, days_of
from data.store import Store
from tests.data.cases import case, registered
from tests.data.statistics.stage import assert_right, facts_of_subjects
from tests.data.world import KEY, NOW, Writer, act, receive, started, subject
from tests.rules.flow_help import reference
from tests.rules.statistics.day_branch import TERMINALS
from tests.rules.statistics.freezing_help import frozen
from tests.rules.statistics.test_board_rules import version

DAY = frozen().day


def test_an_act_a_late_entry_and_an_erasure_are_noticed(store: Store) -> None:
    about = receive(store, 1)
    assert not caught_up(store)
    catch_up_all(store)
    assert caught_up(store)
    writer = Writer(TERMINALS[1], int(NOW.timestamp() * 1000) - 60_000)
    store.apply_feed([writer.write(about, "journey.step_started", {"step": "need"})], "c", "epoch-1")
    assert not caught_up(store)
    catch_up_all(store)
    assert_right(store)
    act(
        store, about, ("data.erased", {"entries": [{"terminal": store.identity.terminal, "seq": 2}], "why": "redacted"})
    )
    assert not caught_up(store)
    catch_up_all(store)
    assert_right(store)


def test_what_an_upgrade_can_fold_is_noticed(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.delitem(FOLDS, "case")
        patched.setattr("data.statistics.catching_up.KINDS", frozenset({"journey"}))
        patched.setattr("data.upgrade.unlisted", lambda _: [])
        writer = Writer(TERMINALS[1], int(NOW.timestamp() * 1000))
        store.apply_feed([writer.write(case(1), "case.registered", registered(terminal=TERMINALS[1]))], "c", "epoch-1")
        catch_up_all(store)
        assert facts_of_subjects(store, [case(1)]).cases == ()
    with store.database.write() as connection:
        meta.drop(connection, meta.CATALOGUE)
    store.close()
    again = Store.open(tmp_path / "store.db", KEY)
    assert not caught_up(again)
    catch_up_all(again)
    assert len(facts_of_subjects(again, [case(1)]).cases) == 1
    again.close()


def test_a_case_gets_its_time_limits_when_its_policy_comes(store: Store) -> None:
    store.published = Published(Reference(), [], {})
    act(store, case(1), ("case.registered", registered(terminal=store.identity.terminal)))
    catch_up_all(store)
    assert facts_of_subjects(store, [case(1)]).clocks == ()
    store.published = Published(reference(), [], {})
    with store.database.write() as connection:
        read_again(connection, store.reference, store.identity)
    assert isinstance(store.state(case(1)), CaseState)
    catch_up_all(store)
    assert facts_of_subjects(store, [case(1)]).clocks != ()
    assert_right(store)


def test_another_end_of_the_business_day_makes_all_anew(store: Store) -> None:
    late = datetime(2026, 3, 2, 12, tzinfo=UTC)  # 20:00 in the branch
    act(store, subject(1), ("journey.started", started()), now=late)
    catch_up_all(store)
    assert days.silent_days(store, date(2026, 3, 2), date(2026, 3, 3)) == {date(2026, 3, 3)}
    with store.database.write() as connection:
        due.note_reference(connection, _with_cutoff(0), store.identity)
    assert caught_up(store)
    with store.database.write() as connection:
        due.note_reference(connection, _with_cutoff(18 * 60), store.identity)
    assert not caught_up(store)
    catch_up_all(store)
    assert days_of(store).cutoff_on(date(2026, 3, 2)) == 18 * 60
    assert days.silent_days(store, date(2026, 3, 2), date(2026, 3, 3)) == {date(2026, 3, 2)}
    assert_right(store)


def test_frozen_days_are_listed_with_what_followed(store: Store) -> None:
    assert days.day_state(store, DAY) is None
    central = Writer("central/SZ01")
    about = figures_subject("SZ01", DAY)
    first = frozen({"cases.received": {"value": 3, "rows": 3, "of": 3}})
    _from_central(store, central, about, "day.frozen", frozen_data(first))
    listed = days.frozen_days(store, DAY, DAY)
    assert [(each.subject, each.restated) for each in listed.values()] == [(about, 0)]
    now = {"value": 4, "rows": 4, "of": 4}
    moved = Restatement(DAY, "cases.received", first.figures["cases.received"], now, first.at, "late", (("t1", 2),))
    _from_central(store, central, about, "day.restated", restated_data(first, [moved], first.at, 1))
    assert days.frozen_days(store, DAY, DAY)[DAY].restated == 1
    state = days.day_state(store, DAY)
    assert state is not None
    assert state.frozen is not None
    assert state.frozen.hash == first.hash
    assert days.frozen_days(store, date(2020, 1, 1), date(2020, 12, 31)) == {}


def _from_central(store: Store, central: Writer, about: str, kind: str, data: Data) -> None:
    entry = central.write(about, kind, data)._replace(branch="SZ01")
    entry = entry._replace(hash=entry_hash(entry))
    central.prev = entry.hash
    assert not store.apply_feed([entry], "c", "epoch-1").broken


def _with_cutoff(minutes: int) -> Reference:
    """Reference data by which a business day ends so many minutes after midnight."""
    return replace(reference(), board=Reference.parse(version(1, "2026-01-01", minutes)).board)
