"""The life of campaigns: written, checked, tried, submitted, approved by another person, published, paused, ended.

A submitted version never changes again; a change is a new version. What may follow what: rules/eligibility/life.py.
"""

from hashlib import sha256
from typing import NamedTuple, cast

from psycopg.types.json import Jsonb

from branch_console.central.administration import AdministrationError, Office, required, rows
from branch_console.central.campaign_publishing import publish_version
from branch_console.central.campaign_round import campaign_round
from branch_console.central.campaign_status import bound_of, per_outage, terminals_of
from branch_console.central.catalogue import Catalogue
from branch_console.central.claim_mirror import BUSINESS_ZONE, WAKE
from branch_console.central.clocks import now
from branch_console.locale import in_language
from branch_console.rules.eligibility.campaign import Campaign, read_campaign
from branch_console.rules.eligibility.life import Shown, State, Step, announced_status, check_step
from branch_console.rules.eligibility.lint import Problem, errors, lint
from branch_console.rules.eligibility.relaxing import relaxes
from branch_console.rules.errors import RuleError
from branch_console.rules.journal import Data


class FileRefusedError(AdministrationError):
    """The file has errors; `problems` are all findings."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"the campaign file has {len(errors(problems))} errors; nothing was added")
        self.problems = problems


class Version(NamedTuple):
    """One version of a campaign as it is kept."""

    campaign: Campaign
    content: str
    author: str
    state: State
    branches: list[str] | None
    dry_run: Data | None


_NEWEST = """
SELECT version, content, author, state, branches, dry_run FROM campaign_version WHERE id = %s
ORDER BY version DESC LIMIT 1
"""
_ADD = """
INSERT INTO campaign_version (id, version, content, sha256, rule_hash, author, state, branches)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (id, version) DO UPDATE SET content = excluded.content,
    sha256 = excluded.sha256, rule_hash = excluded.rule_hash, author = excluded.author, state = excluded.state,
    branches = excluded.branches, dry_run = NULL, created_at = now()
"""
_APPROVE = """
UPDATE campaign_version SET state = %s, approved_by = %s, approved_at = now(), legal = %s, relaxes = %s,
    bound_count = %s, bound_fen = %s WHERE id = %s AND version = %s
"""
_RUN = """
INSERT INTO campaign (id, status, version) VALUES (%s, %s, %s) ON CONFLICT (id) DO UPDATE
SET status = CASE WHEN campaign.status = 'paused' THEN 'paused' ELSE excluded.status END,
    version = excluded.version, updated_at = now()
"""
_BIGGEST = """
SELECT coalesce(max(n), 0)::int FROM (SELECT count(*) AS n FROM writer WHERE public_key IS NOT NULL
    AND revoked_at IS NULL AND (%(branches)s::text[] IS NULL OR branch = ANY(%(branches)s)) GROUP BY branch) branches
"""


async def findings(at: Office, content: str, file: str) -> list[Problem]:
    """What is wrong with a file, beside the campaigns that there are."""
    published = await rows(at, "SELECT id, version, content FROM campaign_version WHERE approved_at IS NOT NULL")
    others = [read_campaign(str(each["id"]), str(each["content"])) for each in published]
    return lint(content, file, others=others, items=at.reference.items)


async def add(at: Office, content: str, file: str, author: str, branches: list[str] | None) -> Version:
    """Keep a file that has no errors as a version that may still be changed. Raises AdministrationError."""
    author = required(author, "author")
    problems = await findings(at, content, file)
    if errors(problems):
        raise FileRefusedError(problems)
    campaign = read_campaign(file, content)
    for branch in branches or []:
        if not await rows(at, "SELECT 1 FROM branch WHERE code = %s", branch):
            raise AdministrationError(f"there is no branch {branch}")
    async with at.connection.transaction():
        known = await rows(
            at,
            "SELECT state, author FROM campaign_version WHERE id = %s AND version = %s FOR UPDATE",
            campaign.id,
            campaign.version,
        )
        if known:
            step(cast(State, known[0]["state"]), "edit", author, str(known[0]["author"]))
        state = step("draft", "lint", author, author, Shown(errors=0))
        digest = sha256(content.encode()).hexdigest()
        about = (campaign.id, campaign.version, content, digest, campaign.rule_hash)
        await at.connection.execute(_ADD, (*about, author, state, branches))
    return Version(campaign, content, author, state, branches, None)


async def newest(at: Office, name: str, *, lock: bool = False) -> Version:
    """The newest version. Raises AdministrationError if there is none."""
    cursor = await at.connection.execute(_NEWEST + (" FOR UPDATE" if lock else ""), (name,))
    row = await cursor.fetchone()
    if row is None:
        raise AdministrationError(f"there is no campaign {name}")
    version, content, author, state, branches, dry_run = row
    campaign = read_campaign(f"{name}.v{version}.toml", cast(str, content))
    kept = (cast(str, content), cast(str, author), cast(State, state), cast(list[str] | None, branches))
    return Version(campaign, *kept, cast(Data | None, dry_run))


async def tried(at: Office, name: str, shown: Data) -> None:
    """Note a dry run; one after the submission changes nothing. Raises AdministrationError when it tried nobody."""
    async with at.connection.transaction():
        version = await newest(at, name, lock=True)
        if version.state in {"linted", "dry_run"}:
            people = shown["people"]
            assert isinstance(people, int)  # noqa: S101  ours
            state = step(version.state, "dry_run", version.author, version.author, Shown(people=people))
            await at.connection.execute(
                "UPDATE campaign_version SET state = %s, dry_run = %s WHERE id = %s AND version = %s",
                (state, Jsonb(shown), name, version.campaign.version),
            )


async def submit(at: Office, name: str) -> Version:
    """Ask for approval: from now on the version does not change, and supervisors can look at it."""
    async with at.connection.transaction():
        version = await newest(at, name, lock=True)
        state = step(version.state, "submit", version.author, version.author)
        await at.connection.execute(
            "UPDATE campaign_version SET state = %s, submitted_at = now() WHERE id = %s AND version = %s",
            (state, name, version.campaign.version),
        )
    await publish_version(at.connection, at.facts, name, version.campaign.version, at.reference, draft=True)
    return version._replace(state=state)


async def approval(at: Office, name: str) -> Data:
    """What whoever approves must see: what it costs, and what an outage can cost at most, in all and for a person."""
    version = await newest(at, name)
    campaign = version.campaign
    terminals = await terminals_of(at.connection, version.branches)
    [biggest] = await rows(at, _BIGGEST.replace("%(branches)s", "%s"), version.branches, version.branches)
    more = cast(int, next(iter(biggest.values())))
    bound = bound_of(campaign, terminals, (campaign.quantity or 0) * max(0, more - 1))
    dark = terminals if per_outage(campaign) else more if campaign.offline.entitlements else 0
    before = await _published_before(at, version)
    proof = None if before is None else relaxes(before, campaign)
    return {
        "campaign": campaign.id,
        "version": campaign.version,
        "state": version.state,
        "author": version.author,
        "quantity": campaign.quantity,
        "budget_yuan": None if campaign.budget_fen is None else yuan(campaign.budget_fen),
        "terminals": terminals,
        "bound_rewards": bound.rewards,
        "bound_yuan": yuan(bound.fen),
        "bound_per_person_rewards": dark,
        "bound_per_person_yuan": yuan(dark * campaign.unit_cost_fen),
        "bound": (
            f"one outage can cost at most {bound.rewards} rewards, {yuan(bound.fen)} yuan;"
            f" one person can get at most {dark}, {yuan(dark * campaign.unit_cost_fen)} yuan"
        ),
        "relaxes": None if proof is None else proof.yes,
        "doubts": [] if proof is None else [f"{doubt.key}: {doubt.code}" for doubt in proof.reasons],
        "dry_run": version.dry_run,
    }


async def approve(at: Office, name: str, by: str, legal: str = "") -> Data:
    """Approve, sign and publish the submitted version. Raises AdministrationError.

    Nothing brings back a campaign that has ended: what comes after it needs an id of its own.
    """
    by, shown = required(by, "by"), await approval(at, name)
    async with at.connection.transaction():
        version = await newest(at, name, lock=True)
        campaign = version.campaign
        state = step(version.state, "approve", by, version.author)
        before = await _published_before(at, version)
        known = await rows(at, "SELECT status FROM campaign WHERE id = %s FOR UPDATE", name)
        said = Shown(
            errors=len(errors(await findings(at, version.content, f"{name}.v{campaign.version}.toml"))),
            version=campaign.version,
            published=0 if before is None else before.version,
            started=bool(known),
            over=any(each["status"] == "ended" for each in known),
            relaxes=cast(bool | None, shown["relaxes"]),
            legal=legal.strip(),
        )
        state = step(state, "publish", by, version.author, said)
        bound = (shown["bound_rewards"], int(str(shown["bound_yuan"]).replace(".", "")))
        approved = (state, by, legal.strip() or None, shown["relaxes"], *bound, name, campaign.version)
        await at.connection.execute(_APPROVE, approved)
        today = now().astimezone(BUSINESS_ZONE).date()
        status = announced_status(campaign.runs.starts, campaign.runs.ends, today)
        await at.connection.execute(_RUN, (name, status, campaign.version))
    await publish_version(at.connection, at.facts, name, campaign.version, at.reference)
    await _tell(at)
    return {**shown, "state": state, "approved_by": by, "status": status}


async def change(at: Office, name: str, what: Step, who: str, why: str | None) -> Data:
    """Pause, resume or end a published campaign. Raises AdministrationError."""
    async with at.connection.transaction():
        cursor = await at.connection.execute(
            "SELECT c.version, v.state, v.author, v.content FROM campaign c JOIN campaign_version v"
            " ON v.id = c.id AND v.version = c.version WHERE c.id = %s FOR UPDATE",
            (name,),
        )
        row = await cursor.fetchone()
        if row is None:
            raise AdministrationError(f"there is no published campaign {name}")
        number, state, author, content = cast(tuple[int, State, str, str], row)
        after = step(state, what, required(who, "by"), author)
        campaign = read_campaign(f"{name}.v{number}.toml", content)
        today = now().astimezone(BUSINESS_ZONE).date()
        status = announced_status(campaign.runs.starts, campaign.runs.ends, today) if after == "published" else after
        await at.connection.execute(
            "UPDATE campaign_version SET state = %s WHERE id = %s AND version = %s", (after, name, number)
        )
        await at.connection.execute(
            "UPDATE campaign SET status = %s, why = %s, updated_at = now() WHERE id = %s", (status, why, name)
        )
    await _tell(at)
    return {"campaign": name, "version": number, "status": status}


async def list_versions(at: Office) -> list[dict[str, object]]:
    """All versions; `status` is that of the version that counts."""
    return await rows(
        at,
        "SELECT v.id AS campaign, v.version, v.state, c.status, v.author, v.approved_by, v.approved_at, v.legal,"
        " v.relaxes, v.bound_count, v.bound_fen, v.branches FROM campaign_version v"
        " LEFT JOIN campaign c ON c.id = v.id AND c.version = v.version ORDER BY v.id, v.version",
    )


def step(state: State, what: Step, who: str, author: str, shown: Shown | None = None) -> State:
    """The state after a step. Raises AdministrationError that says why it cannot be taken."""
    try:
        return check_step(state, what, who, author, shown)
    except RuleError as error:
        raise AdministrationError(in_language(f"error.{error.code}", "en").format(**error.params)) from error


def yuan(fen: int) -> str:
    """An amount in yuan."""
    return f"{fen // 100}.{fen % 100:02d}"


async def _published_before(at: Office, version: Version) -> Campaign | None:
    """The version that customers rely on now."""
    campaign = version.campaign
    known = await rows(
        at,
        "SELECT version, content FROM campaign_version WHERE id = %s AND version < %s AND approved_at IS NOT NULL"
        " ORDER BY version DESC LIMIT 1",
        campaign.id,
        campaign.version,
    )
    return read_campaign(campaign.id, str(known[0]["content"])) if known else None


async def _tell(at: Office) -> None:
    """Let it take effect now; the central that serves would do the same a little later."""
    today = now().astimezone(BUSINESS_ZONE).date()
    await campaign_round(at.connection, Catalogue(), today, at.facts, at.reference)
    await at.connection.execute("SELECT pg_notify(%s, '')", (WAKE,))
