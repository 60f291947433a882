"""Central's folding equals the rules' full fold, whatever arrives in whatever order; defects are contained."""

from dataclasses import dataclass, field
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branch_console.central.database import Connection
from branch_console.central.folding import EMPTY, fold_all, fold_new
from branch_console.central.publish import uuid7
from branch_console.central.refolding import refold_all, refold_newly_known
from branch_console.central.store import entries_of
from branch_console.rules import entries as types
from branch_console.rules.entries import CannotFoldError, EntryData
from branch_console.rules.folding import FOLDS, Fold, fold_subject
from branch_console.rules.journal import Data, Entry
from branch_console.rules.reference import Reference
from tests.central.inside import Writer, interleaved, started, state_of, with_database

JOURNEY = FOLDS["journey"]
REFERENCE = Reference()


def written(moments: list[list[int]], subject: str) -> list[Writer]:
    """Writers whose entries about one subject stand at the given moments."""
    writers = []
    for number, times in enumerate(moments):
        writer = Writer()
        for index, moment in enumerate(sorted(times)):
            if number == 0 and index == 0:
                writer.write("journey.started", subject, started(), at_ms=moment)
            else:
                writer.write("journey.step_started", subject, {"step": f"s{number}{index}"}, at_ms=moment)
        writers.append(writer)
    return writers


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(
    moments=st.lists(st.lists(st.integers(0, 30), min_size=1, max_size=6), min_size=1, max_size=3),
    order=st.randoms(use_true_random=False),
)
def test_folding_in_pieces_equals_folding_at_once(moments: list[list[int]], order: object) -> None:
    subject = f"journey/{uuid7()}"
    writers = written(moments, subject)
    everything = interleaved([writer.entries for writer in writers])
    expected, _unfolded = fold_subject(JOURNEY, everything, REFERENCE)
    stored, arrived = EMPTY, list[Entry]()
    queues = [list(writer.entries) for writer in writers]
    while any(queues):
        queue = order.choice([each for each in queues if each])  # type: ignore[attr-defined]
        size = order.randint(1, len(queue))  # type: ignore[attr-defined]
        new, queue[:size] = queue[:size], []
        arrived += new
        folded = fold_new("journey", stored, new, REFERENCE) or fold_all("journey", arrived, REFERENCE)
        stored = folded.stored
    assert stored.state == JOURNEY.dump(expected)


def test_the_stored_state_is_the_rules_fold(database: str) -> None:
    subject, writers = f"journey/{uuid7()}", [Writer(), Writer(), Writer()]
    writers[0].write("journey.started", subject, started(), at_ms=0)
    for number, writer in enumerate(writers):
        for index in range(20):
            writer.write("journey.step_started", subject, {"step": f"s{number}{index}"}, at_ms=index * 7 + number)

    async def work(connection: Connection) -> bytes:
        for writer in writers:
            await writer.register(connection)
        for first in range(1, 21, 5):
            for writer in reversed(writers):
                await writer.push(connection, first, first + 4)
        await writers[0].push(connection, 21)
        return await state_of(connection, subject)

    stored = with_database(database, work)
    expected, unfolded = fold_subject(JOURNEY, interleaved([each.entries for each in writers]), REFERENCE)
    assert stored == JOURNEY.dump(expected)
    assert unfolded == []


def test_an_act_that_was_carried_over_counts_once(database: str) -> None:
    subject, old, new = f"journey/{uuid7()}", Writer(), Writer()
    old.write("journey.started", subject, started(), at_ms=0)
    act = old.write("journey.step_started", subject, {"step": "welcome"}, at_ms=1)
    new.write("journey.step_started", subject, {"step": "welcome"}, at_ms=9, id_=act.id)

    async def work(connection: Connection) -> bytes:
        for writer in (old, new):
            await writer.register(connection)
            await writer.push(connection)
        return await state_of(connection, subject)

    assert JOURNEY.load(with_database(database, work)).entries == 2  # type: ignore[attr-defined]


@dataclass
class Fragile:
    """A state whose fold has a defect."""

    seen: list[str] = field(default_factory=list)


class Word(EntryData):
    """Anything."""

    word: str


def _fragile(state: Fragile, entry: Entry, data: EntryData | None, reference: Reference) -> None:
    del entry, reference
    assert isinstance(data, Word)
    state.seen.append(data.word)
    if data.word == "refuse":
        state.seen.pop()
        raise CannotFoldError("unknown-reference", data.word)
    if data.word.startswith("break"):
        raise {"break key": KeyError, "break type": TypeError, "break deep": RecursionError}[data.word]("x")


@pytest.fixture
def fragile(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind of subject with a fold that breaks on some words."""
    monkeypatch.setitem(types._SCHEMAS, ("fragile.said", 1), (("fragile",), Word))
    monkeypatch.setitem(types._VERSIONS, "fragile.said", 1)
    monkeypatch.setitem(FOLDS, "fragile", Fold("fragile", Fragile, 1, _fragile))


def test_a_defect_of_a_fold_is_contained_to_its_entry(fragile: None, database: str) -> None:
    subject, calm, writer = f"fragile/{uuid7()}", f"journey/{uuid7()}", Writer()
    words = ["a", "break key", "b", "refuse", "break type", "c", "break deep", "d"]
    for word in words:
        writer.write("fragile.said", subject, {"word": word})
    writer.write("journey.started", calm, started())

    async def work(connection: Connection) -> tuple[list[dict[str, object]], bytes]:
        await writer.register(connection)
        pushed = await writer.push(connection)
        assert (await writer.push(connection)).quarantined == pushed.quarantined
        writer.write("fragile.said", subject, {"word": "e"})
        assert (await writer.push(connection, 10)).quarantined == []
        return pushed.quarantined, await state_of(connection, subject)

    quarantined, state = with_database(database, work)
    assert [(each["seq"], each["code"]) for each in quarantined] == [
        (2, "fold-defect"),
        (4, "unknown-reference"),
        (5, "fold-defect"),
        (7, "fold-defect"),
    ]
    assert state == b'{"seen":["a","b","c","d","e"]}'


def test_what_a_newer_program_understands_is_folded_then(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    subject, writer = f"journey/{uuid7()}", Writer()
    writer.write("journey.started", subject, started())
    writer.write("journey.step_started", subject, {"step": "welcome"})
    known = types._SCHEMAS.pop(("journey.step_started", 1))
    version = types._VERSIONS.pop("journey.step_started")

    async def older(connection: Connection) -> list[dict[str, object]]:
        await writer.register(connection)
        pushed = await writer.push(connection)
        assert (await refold_newly_known(connection, REFERENCE)).subjects == 0
        assert (await refold_all(connection, REFERENCE)).released == 0
        return pushed.quarantined

    try:
        quarantined = with_database(database, older)
    finally:
        types._SCHEMAS["journey.step_started", 1] = known
        types._VERSIONS["journey.step_started"] = version
    assert [each["code"] for each in quarantined] == ["unknown-type"]

    async def newer(connection: Connection) -> bytes:
        assert await refold_newly_known(connection, REFERENCE) == (1, 1, 0)
        assert (await writer.push(connection)).quarantined == quarantined  # the same answer for ever
        return await state_of(connection, subject)

    expected, _unfolded = fold_subject(JOURNEY, writer.entries, REFERENCE)
    assert with_database(database, newer) == JOURNEY.dump(expected)


def test_a_changed_fold_is_folded_anew(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    subjects, writer = [f"journey/{uuid7()}" for _ in range(2)], Writer()
    for subject in subjects:
        writer.write("journey.started", subject, started())

    async def work(connection: Connection) -> list[tuple[object, ...]]:
        await writer.register(connection)
        await writer.push(connection)
        await connection.execute("UPDATE state SET state = '{}'")
        monkeypatch.setattr(JOURNEY, "version", JOURNEY.version + 1)
        writer.write("journey.step_started", subjects[0], {"step": "welcome"})
        await writer.push(connection, 3)  # its subject is folded anew at once
        assert (await refold_all(connection, REFERENCE)).subjects == 1
        cursor = await connection.execute("SELECT subject, version, state FROM state ORDER BY subject")
        return await cursor.fetchall()

    stored = with_database(database, work)
    expected = [
        JOURNEY.dump(fold_subject(JOURNEY, [e for e in writer.entries if e.subject == s], REFERENCE)[0])
        for s in subjects
    ]
    assert stored == [(subject, JOURNEY.version, state) for subject, state in zip(subjects, expected, strict=True)]


def test_an_erasure_that_could_not_be_read_is_carried_out_when_it_can(database: str) -> None:
    subject, writer = f"journey/{uuid7()}", Writer()
    writer.write("journey.started", subject, started("陈秘密"))
    writer.write(
        "data.erased", subject, {"entries": [{"terminal": writer.terminal, "seq": 1}], "why": "consent_withdrawn"}
    )
    known, version = types._SCHEMAS.pop(("data.erased", 1)), types._VERSIONS.pop("data.erased")

    async def older(connection: Connection) -> None:
        await writer.register(connection)
        assert [each["code"] for each in (await writer.push(connection)).quarantined] == ["unknown-type"]

    try:
        with_database(database, older)
    finally:
        types._SCHEMAS["data.erased", 1] = known
        types._VERSIONS["data.erased"] = version

    async def newer(connection: Connection) -> tuple[bytes, list[bytes]]:
        await refold_all(connection, REFERENCE)
        cursor = await connection.execute("SELECT wire FROM entry ORDER BY seq")
        return await state_of(connection, subject), [wire for (wire,) in await cursor.fetchall() if type(wire) is bytes]

    state, wires = with_database(database, newer)
    assert "陈秘密".encode() not in state + b"".join(wires)


@pytest.mark.parametrize("order", list(permutations(("old", "new", "eraser"))))
def test_an_erasure_reaches_every_copy_of_an_act(database: str, order: tuple[str, ...]) -> None:
    """A terminal that went on in a new journal has written an act twice; the erasure names one place."""
    subject, elsewhere = f"journey/{uuid7()}", f"journey/{uuid7()}"
    writers = {"old": Writer(), "new": Writer(), "eraser": Writer()}
    act = writers["old"].write("journey.started", subject, started("陈秘密"), at_ms=0)
    writers["old"].write("journey.started", elsewhere, started("王留下"), at_ms=1)
    writers["new"].write("journey.started", subject, started("陈秘密"), at_ms=0, id_=act.id)
    writers["new"].write("journey.started", elsewhere, started("王留下"), at_ms=1, id_=act.id)
    named: Data = {"entries": [{"terminal": writers["new"].terminal, "seq": 1}], "why": "consent_withdrawn"}
    erasure = writers["eraser"].write("data.erased", subject, named, at_ms=2)
    later: Data = {"entries": [{"terminal": erasure.terminal, "seq": 1}], "why": "consent_withdrawn"}
    writers["eraser"].write("data.erased", subject, later, at_ms=3)

    async def work(connection: Connection) -> tuple[bytes, dict[str, list[Entry]]]:
        for each in writers.values():
            await each.register(connection)
        for name in order:
            await writers[name].push(connection)
            assert (await writers[name].push(connection)).stored == 0
        stored = {
            about: sorted(await entries_of(connection, "B1", about), key=lambda each: each.order)
            for about in (subject, elsewhere)
        }
        return await state_of(connection, subject), stored

    state, stored = with_database(database, work)
    assert [each.data is None for each in stored[subject]] == [True, True, False, False]
    assert all(each.data for each in stored[elsewhere])
    assert state == JOURNEY.dump(fold_subject(JOURNEY, stored[subject], REFERENCE)[0])


def test_the_retention_of_terminals_takes_nothing_from_central(database: str) -> None:
    subject, writer = f"journey/{uuid7()}", Writer()
    writer.write("journey.started", subject, started("陈留存"))
    writer.write("data.erased", subject, {"entries": [{"terminal": writer.terminal, "seq": 1}], "why": "retention"})

    async def work(connection: Connection) -> bytes:
        await writer.register(connection)
        await writer.push(connection)
        cursor = await connection.execute("SELECT wire FROM entry ORDER BY seq")
        return b"".join([wire for (wire,) in await cursor.fetchall() if type(wire) is bytes])

    assert "陈留存".encode() in with_database(database, work)
