"""Amounts and moments of gifts in the words of the session."""

from datetime import datetime
from zoneinfo import ZoneInfo

from branch_console.locale import t
from branch_console.rules.eligibility.phrases import yuan
from branch_console.rules.journal import parse_at


def money(fen: int) -> str:
    """An amount with its currency."""
    return t("gift.yuan", amount=yuan(fen))


def moment(at: str | datetime | None, zone: ZoneInfo, now: datetime) -> str:
    """Time of day in the branch; with the date when it is another day's. Empty when there is no such moment."""
    if at is None or at == "":
        return ""
    local = (parse_at(at) if isinstance(at, str) else at).astimezone(zone)
    today = now.astimezone(zone).date()
    return local.strftime("%H:%M" if local.date() == today else "%m-%d %H:%M")
