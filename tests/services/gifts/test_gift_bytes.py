"""What can be read of a customer after a check, an attested fact and a hand-over: no number, on neither machine."""

import re

from pypdf import PdfReader

from tests.services.branch import PASSWORD
from tests.services.customer import DOCUMENT, NAME, PHONE, Customer
from tests.services.gifts.conftest import SIGNED, SPEND, Counter
from tests.services.test_bytes_on_disk import EXPECTED, nothing_in, readable

NUMBERS = (DOCUMENT, DOCUMENT[6:14], PHONE, PHONE[3:], DOCUMENT[::-1], PHONE[::-1])


def of_a_customer(text: str) -> list[str]:
    """Which numbers, or the name, stand in a text."""
    return [each for each in (*NUMBERS, NAME) if each in text]


def tables_of_central(counter: Counter) -> dict[str, str]:
    """Every table of central's database as text, what was stored as bytes read as UTF-8."""
    central = counter.central
    named = central.sql("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
    found = {}
    for (name,) in named:
        rows = central.sql(f"SELECT t::text FROM {name} t")  # noqa: S608  a name out of the catalogue
        text = "\n".join(str(row) for (row,) in rows)
        stored = [bytes.fromhex(each) for each in re.findall(r"\\x([0-9a-f]{2,})", text)]
        found[str(name)] = text + "\n".join(each.decode("utf-8", "replace") for each in stored)
    return found


def numbers_at_central(counter: Counter) -> dict[str, list[str]]:
    """Table → which numbers stand in it; only tables with one."""
    found = {name: [each for each in NUMBERS if each in text] for name, text in tables_of_central(counter).items()}
    return {name: needles for name, needles in found.items() if needles}


def test_no_number_is_left_anywhere_by_the_gift_desk(counter: Counter) -> None:
    terminal, gifts = counter.terminal, counter.gifts
    customer = Customer(terminal.services.onboarding)
    journey = customer.start()
    assert customer.walk(journey).status == "finished"
    for text in (PHONE, DOCUMENT):
        assert gifts.people(text)
    person = gifts.person_of(journey).id
    assert counter.line(person).verdict == "NOT_YET"
    gifts.explain(person, SPEND)
    gifts.attest(person, "payments", "120.00", "TX-778812")
    assert counter.line(person).verdict == "ELIGIBLE"
    view = gifts.begin(person, SPEND)
    slip = gifts.hand_over(view.claim, view.choices[0].id, *SIGNED, "li", PASSWORD)
    saved = gifts.save_slip(view.claim)
    assert of_a_customer("\n".join((*slip.lines, slip.qr, slip.number, saved.name))) == []
    printed = "\n".join(page.extract_text() for page in PdfReader(saved).pages).replace("\x00", "")
    assert slip.number in printed
    assert of_a_customer(printed) == []

    while_open = nothing_in(terminal.home)
    assert set(while_open) >= EXPECTED | {"store.db-wal", saved.name}
    terminal.wait_drained()
    assert numbers_at_central(counter) == {}
    terminal.services.logout("left")
    nothing_in(terminal.home)
    log = readable(counter.central.home)
    assert "central.log" in log
    assert {name: needles for name, needles in log.items() if needles} == {}


def test_the_search_in_central_would_find_a_number(counter: Counter) -> None:
    counter.central.sql(
        "INSERT INTO branch (code, name, timezone, language) SELECT 'X', %s, timezone, language FROM branch", PHONE
    )
    assert numbers_at_central(counter) == {"branch": [PHONE, PHONE[3:]]}
    assert any("campaign.status_changed" in text for text in tables_of_central(counter).values())
    assert any('"type":"reference.published"' in text for text in tables_of_central(counter).values())
