"""A check that staff opened becomes an entry: what every campaign said, and nothing about the customer.

Who came and got nothing is counted like who got something. The same customer with the same verdicts is written once a
business day at this terminal. That is known by the entry's subject: a hash of customer and verdicts under a key that
this terminal makes each day and forgets after it, so that afterwards nobody can link an entry to a customer.
"""

import hmac
from hashlib import sha256
from typing import Final
from uuid import UUID

import orjson

from branch_console.desk.gifts.booth import Booth
from branch_console.desk.gifts.checking import Checked
from branch_console.desk.gifts.people import Person
from branch_console.rules.canonical import Json
from branch_console.rules.eligibility.refusals import missing
from data.gift_queries import daily_secret

TYPE: Final = "gift.checked"
_MOST_CAMPAIGNS: Final = 100
_MOST_REASONS: Final = 20
_FIRST_SCOPES: Final = ("phone", "person")


def record(booth: Booth, checked: Checked) -> bool:
    """Write down a check that is shown; whether an entry was written.

    None is for somebody who is not known by any number (nobody was checked), where no campaign was looked at, and for
    a check that is written already. Raises RuleError for a role that may not check.
    """
    booth.require("gift.check")
    who = _customer(checked.person)
    if not who or not checked.lines:
        return False
    verdicts: list[Json] = [
        {
            "campaign": line.campaign.id,
            "verdict": line.judged.verdict,
            "reasons": list(missing(line.judged))[:_MOST_REASONS],
        }
        for line in checked.lines[:_MOST_CAMPAIGNS]
    ]
    key = daily_secret(booth.store, booth.today().isoformat())
    subject = _subject(key, who, verdicts)
    with booth.desk.act() as act:
        if act.state(subject) is not None:
            return False
        act.append(TYPE, subject, {"verdicts": verdicts})
    return True


def _customer(person: Person) -> str:
    """One keyed hash for a customer who may be known by several numbers; empty for nobody."""
    known = (person.key(scope) for scope in (*_FIRST_SCOPES, *sorted(person.keys)))
    return next((key for key in known if key), "")


def _subject(key: bytes, who: str, verdicts: list[Json]) -> str:
    said = sorted(verdicts, key=orjson.dumps)
    digest = hmac.new(key, orjson.dumps([who, said], option=orjson.OPT_SORT_KEYS), sha256).digest()
    return f"check/{UUID(bytes=digest[:16], version=5)}"
