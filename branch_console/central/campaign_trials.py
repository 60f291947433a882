"""Trying a campaign before it is approved: on one person, and over everybody of whom central knows facts."""

from datetime import datetime
from typing import cast

from branch_console.central.administration import AdministrationError, Office, rows
from branch_console.central.campaigns import newest, tried, yuan
from branch_console.central.clocks import now
from branch_console.central.person_book import Facts, read_books
from branch_console.rules.eligibility.backtest import backtest
from branch_console.rules.eligibility.book import FactBook
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.eligibility.compiled import compile_campaign
from branch_console.rules.eligibility.node import Node, good, leaves
from branch_console.rules.eligibility.situation import Situation
from branch_console.rules.eligibility.verdicts import judge
from branch_console.rules.errors import RuleError
from branch_console.rules.id_documents import check_any_document
from branch_console.rules.journal import Data
from branch_console.rules.masking import person_key
from branch_console.rules.phones import check_phone
from branch_console.security.keys import unb64url

_AT_ONCE = 1000
_PEOPLE = """
SELECT DISTINCT person FROM person_fact WHERE kind = %s AND starts_with(person, %s) AND person > %s
ORDER BY person LIMIT %s
"""
_STOCK = """
SELECT sku, sum(quantity)::bigint AS pieces FROM stock_balance
WHERE sku = ANY(%s) AND (location = 'shelf' OR starts_with(location, 'drawer:')) GROUP BY sku
"""


def phone_key(at: Office, number: str) -> str:
    """The keyed hash of a phone number. Raises AdministrationError."""
    try:
        return _key(at, "phone", check_phone(number, foreign=True).value)
    except RuleError as error:
        raise AdministrationError("this is no phone number") from error


def document_key(at: Office, number: str) -> str:
    """The keyed hash of the number of an identity document. Raises AdministrationError."""
    try:
        return _key(at, "document", check_any_document(number, now().date()).value)
    except RuleError as error:
        raise AdministrationError("this is no number of an identity document") from error


def _key(at: Office, kind: str, normalised: str) -> str:
    version = max(at.facts.tenant_keys, key=int)
    return person_key(unb64url(at.facts.tenant_keys[version]), version, kind, normalised)


async def dry_run(at: Office, name: str, key: str) -> Data:
    """The verdict on one person as if central answered the check, with every condition. Raises AdministrationError."""
    version = await newest(at, name)
    moment = now()
    books = await read_books(at.connection, version.campaign, [key], moment)
    if not await rows(at, "SELECT 1 FROM person_fact WHERE person = %s LIMIT 1", key):
        raise AdministrationError("nothing is known of this person")
    book = FactBook(books[key], moment)
    compiled = compile_campaign(version.campaign)
    node = compiled.explain(book)
    judged = judge(version.campaign, node, Situation(online=True))
    await tried(at, name, {"people": 1})
    return {
        "campaign": name,
        "version": version.campaign.version,
        "verdict": judged.verdict,
        "reason": str(judged.params.get("reason", "")),
        "conditions": [_line(each) for each in leaves(node)],
    }


async def backtest_all(at: Office, name: str) -> Data:
    """Who would have it, of all of whom central knows facts; what that costs; which conditions stand in the way."""
    version = await newest(at, name)
    campaign, moment = version.campaign, now()
    found = backtest(campaign, await _everybody(at, campaign, moment), now=moment, stock=await _stock(at, campaign))
    shown: Data = {
        "campaign": name,
        "version": campaign.version,
        "people": found.people,
        "eligible": found.eligible,
        "unknown": found.unknown,
        "near_misses": found.near_misses,
        "cost_yuan": yuan(found.cost_fen),
        "budget_yuan": None if found.budget_fen is None else yuan(found.budget_fen),
        "over_budget": found.over_budget,
        "stock": [{"sku": sku, "needed": pieces, "there": found.stock[sku]} for sku, pieces in found.needed.items()],
        "failing": [
            {"condition": each.node.code, "key": each.key, "people": each.fails, "near": each.near}
            for each in found.failing
        ],
    }
    if found.people:
        kept = ("people", "eligible", "unknown", "near_misses", "cost_yuan", "over_budget")
        await tried(at, name, {key: shown[key] for key in kept})
    return shown


async def _everybody(at: Office, campaign: Campaign, moment: datetime) -> list[Facts]:
    """The facts of all people by the kind of number by which the campaign recognises them, each once."""
    keys = f"k{max(map(int, at.facts.tenant_keys))}:"
    found: list[Facts] = []
    after = ""
    while people := await rows(at, _PEOPLE, campaign.identity, keys, after, _AT_ONCE):
        chunk = [cast(str, each["person"]) for each in people]
        after = chunk[-1]
        found += (await read_books(at.connection, campaign, chunk, moment)).values()
    return found


async def _stock(at: Office, campaign: Campaign) -> dict[str, int]:
    """What all branches have of the campaign's items."""
    found = await rows(at, _STOCK, list(campaign.skus))
    return {cast(str, each["sku"]): cast(int, each["pieces"]) for each in found}


def _line(node: Node) -> Data:
    """One condition, flat."""
    return {
        "condition": node.code,
        "status": node.status,
        "good": good(node),
        "have": node.have,
        "need": node.need,
        "gap": node.gap,
        "unit": node.unit,
        "fixable": node.fixable,
    }
