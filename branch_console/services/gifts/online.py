"""Asking central while somebody waits at the counter: a customer's facts, and holds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, TypeAlias, get_args
from urllib.parse import quote

import orjson

from branch_console.desk.gifts.booth import Booth
from branch_console.desk.gifts.people import Person
from branch_console.desk.gifts.reserving import Hold
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.eligibility.node import Params
from branch_console.rules.eligibility.situation import HoldProblem
from branch_console.rules.errors import RuleError
from branch_console.rules.journal import parse_at
from branch_console.sync.calls import CallAnswer, Called, CallFailed
from data import gift_queries as gifts

FACTS_SECONDS: Final = 3.0
HOLD_SECONDS: Final = 5.0
RELEASE_SECONDS: Final = 3.0

NOT_ASKED: Final = frozenset(
    {"network-cut", "connecting", "no-process", "needs-a-person", "not-allowed", "unreachable", "certificate"}
)
"""Failures after which it is certain that central was not asked."""

Call: TypeAlias = Callable[[str, str, dict[str, Any] | None, float], Called]


class Refused(NamedTuple):
    """Central does not keep the right, and why."""

    problem: HoldProblem
    details: Params


class Silent(NamedTuple):
    """Central gave no answer. `asked`: it may have granted the hold nevertheless."""

    asked: bool


@dataclass(frozen=True, slots=True)
class Central:
    """Central, through the sync process. `call` blocks, and fails at once without a network."""

    call: Call

    def fetch_facts(self, booth: Booth, person: Person) -> str:
        """Ask what central knows of a customer and keep it for the day; empty, or why there is no answer (a code)."""
        keys = person.newest_keys
        named = keys.get("person") or keys.get("phone")
        if named is None:
            return ""
        query = "&".join(f"{scope}={quote(keys[scope], safe=':')}" for scope in ("phone", "wallet") if scope in keys)
        path = f"/v1/people/{quote(named, safe=':')}/facts" + (f"?{query}" if query else "")
        called = self.call("GET", path, None, FACTS_SECONDS)
        if isinstance(called, CallFailed):
            return called.reason
        if called.status != 200:
            return called.code or "central-error"
        gifts.put_facts(booth.store, keys, orjson.dumps(called.body).decode(), booth.now())
        return ""

    def hold(self, booth: Booth, person: Person, campaign: Campaign, claim: str) -> Hold | Refused | Silent:
        """Ask central to keep the right to one reward. Raises RuleError for a refusal that no verdict covers."""
        body: dict[str, Any] = {
            "id": claim,
            "campaign": campaign.id,
            "version": campaign.version,
            "rule_hash": campaign.rule_hash,
            "keys": person.newest_keys,
            "sku": campaign.skus[0] if campaign.skus else None,
            "quantity": 1,
            "staff": booth.desk.staff,
            "on": booth.today().isoformat(),
        }
        called = self.call("POST", "/v1/holds", body, HOLD_SECONDS)
        if isinstance(called, CallFailed):
            return Silent(asked=called.reason not in NOT_ASKED)
        if called.status == 200:
            return Hold(claim, parse_at(called.body["expires_at"]), called.body["epoch"])
        if called.status >= 500 and called.code != "recovering":
            return Silent(asked=True)
        return _refused(called)

    def release(self, claim: str) -> bool:
        """Give a hold back at once; whether central said so. What it does not hear, the journal tells it."""
        called = self.call("DELETE", f"/v1/holds/{claim}", None, RELEASE_SECONDS)
        return isinstance(called, CallAnswer) and called.status == 204


def _refused(called: CallAnswer) -> Refused:
    reason = "recovering" if called.code == "recovering" else str(called.body.get("reason", called.code))
    for problem in get_args(HoldProblem):
        if reason == problem:
            details = {
                name: value
                for name, value in called.body.items()
                if name in {"scope", "window", "on", "region"} and isinstance(value, str)
            }
            return Refused(problem, details)
    raise RuleError("hold_refused", reason=reason[:64])
