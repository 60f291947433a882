"""What each raw fact is called and what its value looks like in JSON; values that do not fit become unknown facts.

`fits(name, value)`, `read_facts(rows)` (from JSON as central and the import give it), `fact_rows(raw)` (back to JSON).
Everything that comes in from outside passes here once; the evaluation then trusts it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, get_args

from branch_console.rules.eligibility.condition_limits import CapScope
from branch_console.rules.eligibility.facts import Fact, Source
from branch_console.rules.eligibility.forbidden import resolves_to_balance

_Fits = Callable[[Any], bool]
_NAME = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
_SOURCES = get_args(Source)
_MOST = 2**53 - 1


def _text(value: Any) -> bool:
    return type(value) is str and 0 < len(value) <= 200


def _texts(value: Any) -> bool:
    return type(value) is list and len(value) <= 500 and all(_text(each) and len(each) <= 64 for each in value)


def _flag(value: Any) -> bool:
    return type(value) is bool


def _whole(least: int = 0, most: int = _MOST) -> _Fits:
    return lambda value: type(value) is int and least <= value <= most


def _one_of(*values: str) -> _Fits:
    return lambda value: type(value) is str and value in values


def _day(value: Any) -> bool:
    if type(value) is not str or len(value) != 10:
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _band(value: Any) -> bool:
    return type(value) is str and age_range(value) is not None


def _rows(**fields: _Fits) -> _Fits:
    """A list of objects with exactly these members."""
    names = fields.keys()

    def fit(value: Any) -> bool:
        return type(value) is list and all(
            type(row) is dict and row.keys() == names and all(check(row[name]) for name, check in fields.items())
            for row in value
        )

    return fit


def _points(value: Any) -> bool:
    return type(value) is dict and value.keys() == {"accumulated", "spendable"} and all(map(_whole(), value.values()))


def _label(value: Any) -> bool:
    return type(value) is str and len(value) <= 200


EXACT: dict[str, _Fits] = {
    "province": _text,
    "city": _text,
    "branch": _text,
    "channel": _text,
    "app_version": _text,
    "born": _day,
    "age_band": _band,
    "segments": _texts,
    "segments_version": _text,
    "customer_kind": _one_of("individual", "small_business"),
    "wallet_tier": _one_of("IV", "III", "II", "I"),
    "kyc": _whole(1, 4),
    "insider": _flag,
    "payments": _rows(
        on=_day,
        fen=_whole(-_MOST),
        merchant=_label,
        mcc=_label,
        kind=_one_of("spend", "transfer", "own_merchant"),
    ),
    "wallet_opened_on": _day,
    "first_wallet": _flag,
    "first_paid_on": lambda value: value is None or _day(value),
    "points": _points,
    "referrals": _rows(role=_one_of("referrer", "referee"), milestone=_one_of("opened", "first_payment"), on=_day),
    "suggestions_accepted": lambda value: type(value) is list and all(_day(each) for each in value),
    "risk": _whole(0, 100),
    "open_hold": _flag,
}

_CLAIMS = _rows(campaign=_text, on=_day, quantity=_whole(1), branch=_label, number=_label)

# By what the name begins with; the rest names a purpose, a scope, a campaign, an item, a day.
FAMILIES: dict[str, _Fits] = {
    "consent.": _whole(),
    "claims.": _CLAIMS,
    "claimed.": _flag,
    "stock.": _whole(),
    "budget_left.": _whole(),
    "quantity_left.": _whole(),
    "velocity.": _whole(),
    "calendar.": _one_of("holiday", "workday"),
}
_RESTS: dict[str, Callable[[str], bool]] = {
    "claims.": lambda rest: rest in get_args(CapScope),
    "velocity.": lambda rest: rest in {"terminal.hour", "terminal.day", "staff.hour", "staff.day"},
    "calendar.": _day,
}


def known_name(name: str) -> bool:
    """Whether there is such a fact. Names that mean a balance, a deposit or a top-up never are."""
    if name in EXACT:
        return True
    family, _, rest = name.partition(".")
    check = _RESTS.get(f"{family}.", bool)
    return f"{family}." in FAMILIES and bool(_NAME.fullmatch(name)) and check(rest) and not resolves_to_balance(name)


def fits(name: str, value: Any) -> bool:
    """Whether there is such a fact, and the value has its form."""
    if not known_name(name):
        return False
    check = EXACT.get(name) or FAMILIES[f"{name.partition('.')[0]}."]
    return check(value)


def read_facts(rows: Iterable[Mapping[str, Any]]) -> tuple[dict[str, Fact], list[str]]:
    """Facts from rows {name, value, as_of, source}, and the names of those that do not fit: they stay unknown."""
    found: dict[str, Fact] = {}
    wrong: list[str] = []
    for row in rows:
        name, as_of = row.get("name"), _moment(row.get("as_of"))
        known = isinstance(name, str) and row.get("source") in _SOURCES and fits(name, row.get("value"))
        if isinstance(name, str) and known and (as_of is not None or row.get("as_of") is None):
            found[name] = Fact(row["value"], as_of, row["source"])
        else:
            wrong.append(str(name))
    return found, wrong


def fact_rows(raw: Mapping[str, Fact]) -> list[dict[str, Any]]:
    """Facts as rows {name, value, as_of, source}, in the order of their names."""
    return [
        {
            "name": name,
            "value": fact.value,
            "as_of": None if fact.as_of is None else fact.as_of.isoformat(),
            "source": fact.source,
        }
        for name, fact in sorted(raw.items())
    ]


def age_range(band: str) -> tuple[int, int | None] | None:
    """The full years that the code of an age band says: under_14, 14_15, 60_plus. None: no such code."""
    if found := re.fullmatch(r"under_([0-9]{1,3})", band):
        return (0, int(found[1]) - 1)
    if found := re.fullmatch(r"([0-9]{1,3})_plus", band):
        return (int(found[1]), None)
    if found := re.fullmatch(r"([0-9]{1,3})_([0-9]{1,3})", band):
        return (int(found[1]), int(found[2]))
    return None


def _moment(text: Any) -> datetime | None:
    """An aware moment; None for anything else."""
    try:
        found = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo is not None else None
