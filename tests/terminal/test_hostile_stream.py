"""What a hostile journal can do to a terminal: nothing. No escape sequence in the stream comes from data."""

from pathlib import Path

import pytest

from branch_console.rules.journal import Data, Entry
from branch_console.rules.staff import subject_for
from data.identity import new_id
from tests.bench.customers import Writer
from tests.fixtures.central import CentralProcess
from tests.hostile import HOSTILE
from tests.terminal.branch import BRANCH, console, enrol, log_in, open_branch, store_of

pytestmark = pytest.mark.pty

CLIPBOARD, TITLE, COLOUR = "\x1b]52;c;SEVMTE8=\x07", "\x1b]0;owned\x07", "\x9b31m"
PLANTED = [*HOSTILE, CLIPBOARD, TITLE, COLOUR, "\u202eabc", "\x1b[2J", "\x1bP1;owned\x1b\\", "[@click=app.quit]x[/]"]
OPENED = 10  # the list shows all of them, a journey's own screen so many
FORBIDDEN = [b"]52;c;", b"]0;owned", b"1;owned", b"\xc2\x9b", "\u202e".encode(), "\u200b".encode(), b"\x00"]


def hostile_journeys(branch: str) -> list[Entry]:
    """A colleague's terminal (or somebody who speaks like one) wrote these."""
    writer = Writer(branch)
    entries: list[Entry] = []
    for text in PLANTED:
        subject = f"journey/{new_id(1_780_000_000_000)}"
        name = text.replace("\x00", "")[:60] or "x"
        flow: Data = {"id": "ecny_personal", "version": 1}
        entries.append(writer.write("journey.started", subject, {"flow": flow, "target": "II", "name": name}))
        phone: Data = {"masked": f"1*{name}"[:60], "key": "k1:x"}
        answered: list[tuple[str, Data]] = [
            ("lookup", {"name": name, "phone": phone}),
            ("official_app", {"app_version": name}),
            ("bind_card", {"bank": name}),
        ]
        for step, answers in answered:
            entries.append(writer.write("journey.step_started", subject, {"step": step}))
            entries.append(writer.write("journey.answered", subject, {"step": step, "answers": answers}))
        offer: Data = {"to": "staff", "staff": None, "reason": name, "note": name, "queue_number": name[:30]}
        entries.append(writer.write("journey.hand_over_offered", subject, offer))
    return entries


def plant(home: Path) -> None:
    """Put the hostile entries into the terminal's store, as the feed would."""
    central = Writer(BRANCH, f"central/{BRANCH}-00000000")
    staff: Data = {
        "staff_id": "bench",
        "name": TITLE + COLOUR + "乙",
        "role": "guide",
        "active": True,
        "credential": None,
    }
    entries = [*hostile_journeys(BRANCH), central.write("staff.registered", subject_for("staff", "bench"), staff)]
    with store_of(home, "wangfang") as store:
        cursor, epoch = store.cursor()
        applied = store.apply_feed(entries, cursor or "", epoch or "")
    assert not applied.broken


def test_no_escape_sequence_in_the_stream_comes_from_data(central: CentralProcess, tmp_path: Path) -> None:
    open_branch(central, {"wangfang": "guide"})
    home = tmp_path / "k1"
    enrol(central, home, "K-01")
    central.stop()
    plant(home)
    with console(home, 120, 40) as shown:
        log_in(shown, "wangfang")
        shown.settle()
        shown.press("f2")
        shown.wait_for("查找客户")
        shown.settle()
        for _ in range(OPENED):
            shown.press("enter")
            shown.wait_for(lambda text: "查找客户" not in text)
            shown.settle()
            shown.press("f10")
            shown.settle()
            shown.press("escape")
            shown.settle()
            shown.press("escape")
            shown.wait_for("查找客户")
            shown.settle()
            shown.press("down")
            shown.settle()
        shown.press("f8")
        shown.settle()
        assert shown.process.poll() is None, "the console still runs"
        stream = bytes(shown.raw)
    assert [each for each in FORBIDDEN if each in stream] == []
