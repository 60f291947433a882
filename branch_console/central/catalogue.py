"""The published versions of campaigns, read once each: they never change."""

from typing import cast

from branch_console.central.database import Connection
from branch_console.rules.eligibility.campaign import Campaign, read_campaign

_EXACT = "SELECT version, content FROM campaign_version WHERE id = %s AND version = %s AND approved_at IS NOT NULL"
_NEWEST = """
SELECT version, content FROM campaign_version WHERE id = %s AND approved_at IS NOT NULL ORDER BY version DESC LIMIT 1
"""


class Catalogue:
    """What one process has read."""

    def __init__(self) -> None:
        self._read: dict[tuple[str, int], Campaign] = {}

    async def version(self, connection: Connection, campaign: str, version: int) -> Campaign | None:
        """Exactly this version, if it has been published."""
        known = self._read.get((campaign, version))
        if known is None and version < 2**31:
            cursor = await connection.execute(_EXACT, (campaign, version))
            known = self._keep(campaign, await cursor.fetchone())
        return known

    async def newest(self, connection: Connection, campaign: str) -> Campaign | None:
        """The version that was published last."""
        cursor = await connection.execute(_NEWEST, (campaign,))
        return self._keep(campaign, await cursor.fetchone())

    def _keep(self, campaign: str, row: tuple[object, ...] | None) -> Campaign | None:
        if row is None:
            return None
        version, content = cast(tuple[int, str], row)
        if (campaign, version) not in self._read:
            self._read[campaign, version] = read_campaign(document_name(campaign, version), content)
        return self._read[campaign, version]


def document_name(campaign: str, version: int, *, draft: bool = False) -> str:
    """Under which name a version is published."""
    return f"{'drafts' if draft else 'campaigns'}/{campaign}.v{version}.toml"
