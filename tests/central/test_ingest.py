"""Several writers at once: a reader of the feed misses nothing, and one subject written by all folds right."""

import threading

import orjson

from branch_console.rules.folding import FOLDS, fold_subject
from branch_console.rules.journal import Entry
from branch_console.rules.reference import Reference
from tests.fixtures.central import CentralProcess
from tests.wire.conftest import enrolled
from tests.wire.mini import Mini, check_chain

WRITERS, BATCHES, SIZE = 4, 12, 25


def test_a_reader_misses_nothing_while_several_write(central: CentralProcess) -> None:
    central.branch()
    writers = [enrolled(central, "B1") for _ in range(WRITERS)]
    reader = enrolled(central, "B1")
    shared = writers[0].journey("共同", steps=1)
    assert writers[0].push().status_code == 200
    failures: list[str] = []

    def write(mini: Mini) -> None:
        for _ in range(BATCHES):
            first = len(mini.entries) + 1
            for number in range(SIZE):
                if number % 5:
                    mini.journey(steps=1)
                else:
                    mini.write("journey.step_started", shared, {"step": f"s{len(mini.entries)}"})
            answer = mini.push(first)
            if answer.status_code != 200 or answer.json()["quarantined"]:
                failures.append(answer.text)

    threads = [threading.Thread(target=write, args=(mini,)) for mini in writers]
    for thread in threads:
        thread.start()
    got, cursor = reader.read_feed(limit=100)
    while any(thread.is_alive() for thread in threads):
        more, cursor = reader.read_feed(cursor, limit=100)
        got += more
    got += reader.read_feed(cursor)[0]
    assert failures == []
    check_chain(got)
    for mini in writers:
        assert [each for each in got if each["terminal"] == mini.terminal] == mini.entries
    stored = central.sql("SELECT state FROM state WHERE subject = %s", shared)[0][0]
    entries = [Entry(**each) for mini in writers for each in mini.entries if each["subject"] == shared]
    state, unfolded = fold_subject(FOLDS["journey"], entries, Reference())
    assert unfolded == []
    assert stored == FOLDS["journey"].dump(state)


def test_entries_are_stored_byte_for_byte(central: CentralProcess) -> None:
    central.branch()
    mini = enrolled(central, "B1")
    entry = mini.write("journey.started", "journey/0199c0de-0000-7000-8000-0000000000aa", {"x": "é\u2028"})
    text = orjson.dumps(entry).replace(b'"staff"', b' "staff"\n\t ')
    body = b'{"checkpoint":' + orjson.dumps(mini.checkpoint(entry)) + b', "entries" : [ ' + text + b" ] }"
    assert mini.post(body).status_code == 200
    assert central.sql("SELECT wire FROM entry WHERE writer = %s", mini.terminal) == [(text,)]
    lines = central.command("entries", "--branch", "B1", "--json").strip().split("\n")
    assert orjson.loads(lines[-1]) == entry
    assert len(lines) == central.sql("SELECT count(*) FROM entry")[0][0]
