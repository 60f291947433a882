"""Bringing the documents of campaigns to branches: a submitted version as a draft to look at, an approved one to use.

Whichever branch has not got a document yet, gets it, so that this may stop and begin again anywhere, and a branch that
is added later is caught up.
"""

from hashlib import sha256
from typing import cast

from branch_console.central.catalogue import document_name
from branch_console.central.database import Connection
from branch_console.central.facts import Facts
from branch_console.central.references import Document, publish_documents, record_documents
from branch_console.rules.reference import Reference

_WITHOUT = """
SELECT b.code FROM branch b WHERE (%(branches)s::text[] IS NULL OR b.code = ANY(%(branches)s)) AND NOT EXISTS (
    SELECT FROM branch_reference r WHERE r.branch = b.code AND r.name = %(name)s AND r.sha256 = %(sha256)s)
ORDER BY b.code
"""
_VERSION = "SELECT content, branches FROM campaign_version WHERE id = %s AND version = %s"
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 7201501118))"


async def publish_version(
    connection: Connection, facts: Facts, campaign: str, version: int, reference: Reference, *, draft: bool = False
) -> int:
    """Sign a version and publish it to every branch that it is for and that has not got it; return to how many."""
    row = await (await connection.execute(_VERSION, (campaign, version))).fetchone()
    content, branches = cast(tuple[str, list[str] | None], row)
    name = document_name(campaign, version, draft=draft)
    document = Document(name, content, sha256(content.encode()).hexdigest())
    named = {"branches": branches, "name": name, "sha256": document.sha256}
    without = [cast(str, code) for (code,) in await (await connection.execute(_WITHOUT, named)).fetchall()]
    if without:
        await record_documents(connection, facts, [document])
    published = 0
    for branch in without:
        async with connection.transaction():
            await connection.execute(_LOCK, (f"{branch}|{name}",))
            published += await publish_documents(connection, branch, [document], reference)
    return published
