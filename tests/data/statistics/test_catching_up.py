"""Facts and tallies follow the journal: in any steps and orders they are what making all of them anew gives."""

from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from branch_console.rules.catalogue import FOLDS
from branch_console.rules.journal import Entry
from branch_console.rules.statistics import figures
from branch_console.rules.statistics.counting import counted
from branch_console.rules.statistics.figures import value
from branch_console.rules.statistics.instants import EVER, Scope
from branch_console.rules.statistics.tallies import TALLIED
from branch_console.rules.statistics.tally import Key, Tally
from data.statistics import chunk, marks
from data.statistics.catching_up import catch_up, catch_up_all, caught_up
from data.store import Store
from tests.data.statistics.stage import (
    OWN,
    acknowledge,
    all_tallies,
    arrivals,
    assert_right,
    chained,
    day_store,
    receive,
    rows_of,
)
from tests.rules.statistics.day_branch import DAYS, FIRST
from tests.rules.statistics.day_maker import make

LATER = timedelta(days=60)


def contents(store: Store) -> tuple[list[list[tuple[object, ...]]], dict[Key, Tally]]:
    """All that is kept. Bytes of tallies have the order in which these came."""
    return [rows_of(store, table) for table in ("fact", "fact_day", "fact_link", "fact_wallet")], all_tallies(store)


@pytest.mark.parametrize("seed", range(4))
def test_in_random_steps_facts_are_what_all_states_say(store: Store, seed: int) -> None:
    random = Random(seed)
    for piece in arrivals(make(seed), random):
        receive(store, piece)
        while random.random() < 0.7:
            progress = catch_up(store, limit=random.choice([1, 3, 200]))
            assert progress.done == caught_up(store)
        if random.random() < 0.3:
            acknowledge(store)
    catch_up_all(store, limit=random.choice([1, 5, 200]))
    facts = assert_right(store)
    kept = all_tallies(store)
    for number in range(-3, DAYS + 3):
        day = FIRST.date() + timedelta(days=number)
        scope = Scope(day, day, EVER.as_of)
        for figure in TALLIED:
            expected, found = value(figure, facts, scope), counted(figure, kept.get((day, figure, "", "")))
            assert (found.value, found.rows, found.of) == (expected.value, len(expected.rows), len(expected.of)), figure


def test_the_order_of_arrival_and_of_steps_leaves_no_trace(tmp_path: Path) -> None:
    branch, found = make(11), []
    # What this terminal does itself has its own clock, which is another each time.
    branch.entries = [each for each in branch.entries if each.terminal != OWN]
    for seed in range(3):
        folder = tmp_path / str(seed)
        folder.mkdir()
        store = day_store(folder)
        for piece in arrivals(branch, Random(seed)):
            receive(store, piece)
            if seed:
                catch_up(store, limit=7)
        catch_up_all(store, limit=(200, 1, 13)[seed])
        found.append(contents(store))
        store.close()
    assert found[0] == found[1] == found[2]


def test_without_news_nothing_is_written_and_the_place_stays(store: Store) -> None:
    for piece in arrivals(make(2), Random(2)):
        receive(store, piece)
    first = catch_up_all(store)
    assert first.taken > 10
    before = contents(store)
    assert catch_up(store) == (True, first.place, 0)
    for each in chained(make(2).entries).values():  # the feed is read from its beginning again
        if each[0].terminal != store.identity.terminal:
            receive(store, each)
    assert caught_up(store)
    assert marks.place(store) == first.place
    with store.database.write() as connection:  # even if all is looked at again
        connection.exec_driver_sql("INSERT OR IGNORE INTO fact_due(subject) SELECT subject FROM fact")
    assert catch_up_all(store).taken == len(before[0][0])
    assert (contents(store), marks.place(store)) == (before, first.place)


def test_late_entries_move_the_day_on_which_they_happened_and_no_other(store: Store) -> None:
    branch = make(5)
    late = [each for each in chained(branch.entries).items() if each[0] == branch.dark]
    for piece in arrivals(branch, Random(5)):
        if piece[0].terminal != branch.dark:
            receive(store, piece)
    catch_up_all(store)
    before = all_tallies(store)
    versions = marks.day_versions(store, FIRST.date(), FIRST.date() + LATER)
    for _, journal in late:
        receive(store, journal)
    catch_up_all(store)
    assert_right(store)
    after = all_tallies(store)
    moved = {key[0] for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    now = marks.day_versions(store, FIRST.date(), FIRST.date() + LATER)
    assert moved
    assert moved <= {day for day, at in now.items() if at > versions.get(day, 0)}


@pytest.mark.parametrize("where", ["_changes", "_write_facts", "_write_index", "write_settled", "move_tallies"])
def test_a_step_that_dies_is_taken_again(store: Store, where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for piece in arrivals(make(7), Random(7)):
        receive(store, piece)
    catch_up(store, limit=5)
    catch_up(store, limit=5)
    whole, calls = getattr(chunk, where), []

    def dies(*arguments: object) -> object:
        calls.append(whole(*arguments))
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(chunk, where, dies)
        before = contents(store)
        with pytest.raises(KeyboardInterrupt):
            catch_up(store, limit=5)
    assert len(calls) == 1
    assert contents(store) == before
    assert not caught_up(store)
    catch_up_all(store, limit=5)
    assert_right(store)


def test_a_defect_in_making_facts_is_no_reason_to_make_all_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for piece in arrivals(make(7), Random(7)):
        receive(store, piece)
    catch_up_all(store)
    before = contents(store)
    receive(store, [_one_more(store)])

    def broken(*_: object, **__: object) -> None:
        raise ValueError("a defect")

    with monkeypatch.context() as patched:
        patched.setattr("data.statistics.making.derive", broken)
        with pytest.raises(ValueError, match="a defect"):
            catch_up(store)
    assert contents(store) == before
    catch_up_all(store)
    assert_right(store)


def test_a_journal_of_before_there_were_facts_is_taken_in(store: Store) -> None:
    for piece in arrivals(make(3), Random(3)):
        receive(store, piece)
    with store.database.write() as connection:  # as the migration leaves a store that was in use
        connection.exec_driver_sql("DELETE FROM fact_due")
    assert not caught_up(store)
    steps = 0
    while not catch_up(store, limit=4).done:
        steps += 1
    assert steps > 5
    assert_right(store)


@pytest.mark.parametrize("changed", ["definitions", "packing", "fold", "tallies"])
def test_other_definitions_make_all_facts_anew(store: Store, changed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for piece in arrivals(make(4), Random(4)):
        receive(store, piece)
    place = catch_up_all(store).place
    with store.database.write() as connection:  # what an older version might have left
        connection.exec_driver_sql("UPDATE day_tally SET body = '{}'")
        if changed != "tallies":
            connection.exec_driver_sql("UPDATE fact SET body = '[0]'")
    if changed == "definitions":
        monkeypatch.setattr(figures, "DEFINITIONS", 999)
    elif changed == "packing":
        with store.database.write() as connection:
            marks.put(connection, marks.VERSIONS, "1 0")
    elif changed == "fold":
        monkeypatch.setattr(FOLDS["journey"], "version", 999)
        with store.database.write() as connection:
            connection.exec_driver_sql("UPDATE state SET fold = 999 WHERE subject LIKE 'journey/%'")
    else:  # the tallies are not what the facts say, which is found out as soon as one of them changes
        with store.database.write() as connection:
            connection.exec_driver_sql("UPDATE fact SET body = replace(body, '\"g1\"', '\"g9\"')")
            connection.exec_driver_sql("INSERT INTO fact_due(subject) SELECT subject FROM fact")
    assert not caught_up(store)
    first = catch_up(store, limit=5)
    receive(store, [_one_more(store)])
    assert catch_up_all(store, limit=5).place > place
    assert not first.done
    assert_right(store)


def _one_more(store: Store) -> Entry:
    entry = next(each for each in make(4).entries if each.type == "journey.started")
    return entry._replace(terminal=store.identity.terminal, subject=f"{entry.subject[:-3]}fff")
