"""What a thief of the disk can read: nothing of a customer, in no file, in no encoding, also after a crash."""

import json
import os
import signal
import sys
from pathlib import Path

import structlog

from branch_console.services import maintenance
from tests.fixtures.forked import PIPE, popen
from tests.services.branch import PASSWORD, Terminal
from tests.services.conftest import MakeTerminal
from tests.services.customer import DOCUMENT, NAME, PHONE, Customer

PLANTED = (NAME, NAME[:2], NAME[2:], PHONE, PHONE[3:], DOCUMENT, DOCUMENT[6:14], "".join(reversed(PHONE)))
EXPECTED = {"store.db", "unlock.json", "device.json", "device.key", "anchor.json", "console.log", "sync.log"}


def readable(home: Path) -> dict[str, list[str]]:
    """File → what of the planted texts stands in it in clear."""
    found: dict[str, list[str]] = {}
    for path in sorted(each for each in home.rglob("*") if each.is_file()):
        content = path.read_bytes()
        needles = [
            text
            for text in PLANTED
            if any(text.encode(code) in content for code in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"))
            or json.dumps(text)[1:-1].encode() in content
        ]
        found[path.name] = needles
    return found


def nothing_in(home: Path) -> dict[str, list[str]]:
    """See that no file holds anything; returns the files."""
    found = readable(home)
    assert not {name: needles for name, needles in found.items() if needles}
    return found


def use_everything(terminal: Terminal) -> None:
    """A full visit with look-ups, typed and unconfirmed texts, refused answers and notes that name the customer."""
    board = terminal.services.onboarding
    customer = Customer(board)
    subject = customer.start()
    customer.walk(subject, until="lookup")
    for field, text in (("name", NAME), ("phone", PHONE), ("document", DOCUMENT)):
        board.save_draft(subject, f"lookup.{field}", text)
    board.pause(subject, "customer_away")
    board.resume(subject)
    assert customer.walk(subject).status == "finished"
    for text in (NAME, NAME[:1], PHONE, DOCUMENT, PHONE[-4:]):
        assert [line.subject for line in board.find(text).lines] == [subject], text
    other = board.start("II").subject
    board.abandon(other, "other", f"{NAME} {PHONE} {DOCUMENT}")
    third = board.start("IV").subject
    board.save_draft(third, "lookup.phone", PHONE)


def test_no_file_holds_a_customer_in_clear(make_terminal: MakeTerminal) -> None:
    terminal = make_terminal().login("wang")
    use_everything(terminal)
    log = structlog.get_logger("test")
    try:
        raise ValueError(f"{NAME} {PHONE}")
    except ValueError:
        log.exception("a defect with the customer in its message", phone=PHONE, what=f"{DOCUMENT}, {NAME}")
    assert (terminal.home / "store.db-wal").stat().st_size > 0
    nothing_in(terminal.home)
    terminal.wait_drained()  # from here on the sync has written its log, too
    while_open = nothing_in(terminal.home)
    assert set(while_open) >= EXPECTED | {"store.db-wal", "store.db-shm"}
    terminal.services.logout("left")
    maintenance.backup(terminal.settings, "liu", PASSWORD, None)
    assert "manifest.json" in nothing_in(terminal.home)


def test_nor_after_a_crash(make_terminal: MakeTerminal) -> None:
    terminal = make_terminal()
    child = popen([sys.executable, "-m", "tests.services.acting", str(terminal.home)], stdout=PIPE, text=True)
    assert child.stdout is not None
    said = json.loads(child.stdout.readline())
    while "lookup" not in said["done"] or said["sync"] is None:
        said = json.loads(child.stdout.readline())
    os.kill(said["sync"], signal.SIGKILL)  # as a power cut does: nobody is left to put the write-ahead log away
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    assert "store.db-wal" in nothing_in(terminal.home)


def test_the_search_for_planted_texts_would_find_them(tmp_path: Path) -> None:
    (tmp_path / "a").write_text(NAME, encoding="gb18030")
    (tmp_path / "b").write_text(json.dumps({"phone": PHONE, "name": NAME}))
    found = readable(tmp_path)
    assert NAME in found["a"]
    assert {NAME, PHONE} <= set(found["b"])
