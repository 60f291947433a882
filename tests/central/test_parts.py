"""Parts that need no database: reading batches, unpacking bodies, admission, cursors, the list of problems."""

import gzip
import json
import re
import time
import tracemalloc
from pathlib import Path

import orjson
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from branch_console.central import batch, cursors
from branch_console.central.admission import Admission
from branch_console.central.bodies import unpack
from branch_console.central.problems import STATUS, ProblemError
from branch_console.central.publish import uuid7
from branch_console.central.service import version_key
from branch_console.rules.journal import Entry, check_entry
from tests.central.inside import Writer

MIB = 1_048_576

text = st.text(st.characters(codec="utf-8"))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(data=st.dictionaries(text, values, max_size=5), indent=st.sampled_from([None, 1]), ascii_only=st.booleans())
def test_however_a_batch_is_written_it_is_read_the_same_and_kept_to_the_byte(
    data: dict[str, object], indent: int | None, ascii_only: bool
) -> None:
    writer = Writer()
    for _ in range(2):
        writer.write("journey.sang", "journey/0199c0de-0000-7000-8000-0000000000aa", data)  # type: ignore[arg-type]
    texts = [json.dumps(each.wire(), indent=indent, ensure_ascii=ascii_only) for each in writer.entries]
    body = '{"entries": [' + " , ".join(texts) + '], "checkpoint": {"seq": 2}}'
    exact = batch.read_batch(body.encode())
    assert [each.entry for each in exact.received] == writer.entries
    assert [each.wire.decode() for each in exact.received] == texts
    fast = orjson.dumps({"entries": [each.wire() for each in writer.entries], "checkpoint": {"seq": 2}})
    assert batch._fast(fast) is not None
    assert [each.entry for each in batch.read_batch(fast).received] == writer.entries
    for received in (*exact.received, *batch.read_batch(fast).received):
        check_entry(received.entry)
        assert batch.parse_stored(received.wire) == received.entry


def test_an_erased_wire_has_only_lost_its_data() -> None:
    entry = Writer().write("journey.sang", "journey/0199c0de-0000-7000-8000-0000000000aa", {"name": "陈小红"})
    erased = batch.parse_stored(batch.without_data(json.dumps(entry.wire(), indent=2).encode()))
    assert erased == entry._replace(data=None)
    check_entry(erased)


@pytest.mark.parametrize("encoding", ["gzip", "zstd"])
def test_a_bomb_costs_no_memory(encoding: str) -> None:
    plain = b"\0" * (256 * MIB)
    packed = gzip.compress(plain, 1) if encoding == "gzip" else zstandard.compress(plain)
    del plain
    tracemalloc.start()
    with pytest.raises(ProblemError) as refused:
        unpack(packed, encoding, MIB)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert refused.value.code == "too-large"
    assert peak < 12 * MIB


@pytest.mark.parametrize("encoding", ["gzip", "zstd"])
def test_exactly_the_limit_passes_and_parts_are_joined(encoding: str) -> None:
    pack = gzip.compress if encoding == "gzip" else zstandard.compress
    assert unpack(pack(b"x" * 600) + pack(b"y" * 400), encoding, 1000) == b"x" * 600 + b"y" * 400
    with pytest.raises(ProblemError):
        unpack(pack(b"x" * 600) + pack(b"y" * 401), encoding, 1000)


def test_admission_counts_pushes_and_bytes_and_asks_for_longer_when_more_wait() -> None:
    admission = Admission(2, 100)
    admission.enter(60)
    with pytest.raises(ProblemError) as heavy:
        admission.enter(60)
    admission.enter(40)
    waits = []
    for _ in range(200):
        with pytest.raises(ProblemError) as many:
            admission.enter(1)
        assert many.value.code == heavy.value.code == "too-busy"
        waits.append(int(many.value.headers["Retry-After"]))
    assert waits == sorted(waits)
    assert 1 <= waits[0] < waits[-1] <= 120
    admission.leave(60, time.monotonic())
    admission.enter(1)


def test_a_cursor_is_good_for_one_feed_only() -> None:
    place = cursors.Place(7, 12)
    cursor = cursors.write_cursor(b"k" * 32, "e1", "B1", place)
    assert cursors.read_cursor(b"k" * 32, "e1", "B1", cursor) == place
    for key, epoch, branch in ((b"l" * 32, "e1", "B1"), (b"k" * 32, "e2", "B1"), (b"k" * 32, "e1", "B2")):
        with pytest.raises(ProblemError):
            cursors.read_cursor(key, epoch, branch, cursor)


def test_ids_are_in_the_order_of_making() -> None:
    made = [uuid7() for _ in range(2000)]
    assert made == sorted(set(made))
    assert all(
        re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", each) for each in made
    )


def test_versions_are_compared_number_by_number() -> None:
    assert version_key("1.10") > version_key("1.9.9") > version_key("1.2") > version_key("x")


def test_the_protocol_page_lists_exactly_the_codes_that_there_are() -> None:
    page = (Path(__file__).parents[2] / "docs" / "protocol.md").read_text()
    listed = {code: int(status) for status, code in re.findall(r"^\| (\d{3}) \| `([a-z-]+)` \|", page, re.MULTILINE)}
    assert listed == {code: status for code, (status, _title) in STATUS.items()}


def test_the_example_of_the_protocol_page_is_right() -> None:
    page = (Path(__file__).parents[2] / "docs" / "protocol.md").read_text()
    example = re.search(r'^\{"terminal":"[0-9a-f-]+","seq":1,.*\}$', page, re.MULTILINE)
    assert example is not None
    check_entry(Entry(**json.loads(example[0])))
