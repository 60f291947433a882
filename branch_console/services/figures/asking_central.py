"""Asking central for figures of the area, of terminals and of the use of wallets; kept for when it cannot be asked.

Central is asked at most with what is needed for 28 days; the answer is the same for all screens.
"""

from datetime import timedelta
from typing import Any, Final
from urllib.parse import quote

import orjson
from pydantic import ValidationError

from branch_console.services.figures.central_answer import ACTIVITY, STATS
from branch_console.services.figures.office import FigureOffice
from branch_console.sync.calls import CallFailed
from branch_console.sync.wire import Message
from branch_console.sync.wire_stats import ActivityAnswer, StatsAnswer
from data.statistics import central as kept_central
from data.store import Store

SECONDS: Final = 5.0
DAYS: Final = 28


def ask_central(office: FigureOffice, weeks: int) -> str:
    """Fetch both answers and keep them; empty, or why there is no answer (a code). Raises StoreError."""
    desk = office.desk()
    today = desk.today()
    path = f"/v1/stats?day={today.isoformat()}&days={DAYS}"
    if desk.role == "supervisor":
        path += f"&staff={quote(desk.staff, safe='')}"
    first = today - timedelta(days=today.weekday(), weeks=weeks)
    problem = _fetch(office, desk.store, path, STATS, StatsAnswer)
    used = f"/v1/stats/activity?first={first.isoformat()}&weeks={weeks + 1}"
    return problem or _fetch(office, desk.store, used, ACTIVITY, ActivityAnswer)


def _fetch(office: FigureOffice, store: Store, path: str, name: str, model: type[Message]) -> str:
    called = office.call("GET", path, None, SECONDS)
    if isinstance(called, CallFailed):
        return called.reason
    if called.status != 200:
        return called.code or "central-error"
    body: dict[str, Any] = called.body
    made = orjson.dumps(body)
    try:
        model.model_validate_json(made)
    except ValidationError:
        return "not-central"
    kept_central.put_central(store, name, str(body["as_of"]), made)
    return ""
