"""Reference documents: read as files, signed by central, published to every branch whenever their text is new."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, cast

import structlog

from branch_console.central.clocks import now_text
from branch_console.central.database import Connection
from branch_console.central.facts import Facts
from branch_console.central.publish import Act, publish
from branch_console.rules.documents import ReferenceFormatError
from branch_console.rules.journal import Data
from branch_console.rules.reference import Reference
from branch_console.rules.staff import subject_for
from branch_console.security.signing import reference_bytes, sign

log = structlog.get_logger(__name__)


class Document(NamedTuple):
    """One text of one document."""

    name: str
    content: str
    sha256: str


def read_documents(folder: Path) -> list[Document]:
    """All TOML files under the folder, by name. Raises OSError, UnicodeDecodeError."""
    documents = []
    for path in sorted(folder.rglob("*.toml")):
        content = path.read_bytes()
        name = path.relative_to(folder).as_posix()
        documents.append(Document(name, content.decode(), sha256(content).hexdigest()))
    return documents


async def record_documents(connection: Connection, facts: Facts, documents: list[Document]) -> None:
    """Sign and keep texts that are not known yet."""
    at = now_text()
    async with connection.cursor() as cursor:
        await cursor.executemany(
            "INSERT INTO reference_document (name, sha256, content, published_at, expires_at, signature)"
            " VALUES (%s, %s, %s, %s, NULL, %s) ON CONFLICT DO NOTHING",
            [
                (each.name, each.sha256, each.content, at, sign(facts.signing_seed, _signed(each, at)))
                for each in documents
            ],
        )


def _signed(document: Document, at: str) -> bytes:
    return reference_bytes(document.name, document.sha256, at, None)


async def load_reference(connection: Connection) -> Reference:
    """The reference data that folds look up: of each document the text that was published last."""
    cursor = await connection.execute(
        "SELECT DISTINCT ON (name) name, content FROM reference_document ORDER BY name, published_at DESC, sha256"
    )
    documents: Mapping[str, str] = {str(name): str(content) for name, content in await cursor.fetchall()}
    problems: list[ReferenceFormatError] = []
    reference = Reference.parse(documents, problems=problems)
    for problem in problems:
        log.warning("reference_document_wrong", problem=str(problem))
    return reference


async def publish_documents(
    connection: Connection, branch: str, documents: list[Document], reference: Reference
) -> int:
    """Publish to a branch the documents whose text it does not have, in the caller's transaction; return how many."""
    cursor = await connection.execute("SELECT name, sha256 FROM branch_reference WHERE branch = %s", (branch,))
    had = set(await cursor.fetchall())
    new = [each for each in documents if (each.name, each.sha256) not in had]
    if not new:
        return 0
    cursor = await connection.execute(
        "SELECT name, sha256, content, published_at, expires_at, signature FROM reference_document"
        " WHERE (name, sha256) IN (SELECT * FROM unnest(%s::text[], %s::text[])) ORDER BY name",
        ([each.name for each in new], [each.sha256 for each in new]),
    )
    names = ("name", "sha256", "content", "published_at", "expires_at", "signature")
    rows = [cast(Data, dict(zip(names, row, strict=True))) for row in await cursor.fetchall()]
    acts = [Act("reference.published", subject_for("reference", str(row["name"])), row) for row in rows]
    await publish(connection, branch, acts, reference)
    async with connection.cursor() as writing:
        await writing.executemany(
            "INSERT INTO branch_reference (branch, name, sha256) VALUES (%s, %s, %s)"
            " ON CONFLICT (branch, name) DO UPDATE SET sha256 = excluded.sha256",
            [(branch, each.name, each.sha256) for each in new],
        )
    return len(new)


async def publish_everywhere(connection: Connection, facts: Facts, folder: Path) -> Reference:
    """At start: publish what is new in the folder to every branch, one transaction each; return the reference data."""
    documents = read_documents(folder)
    async with connection.transaction():
        await record_documents(connection, facts, documents)
    reference = await load_reference(connection)
    cursor = await connection.execute("SELECT code FROM branch ORDER BY code")
    for (code,) in await cursor.fetchall():
        async with connection.transaction():
            await publish_documents(connection, str(code), documents, reference)
    return reference
