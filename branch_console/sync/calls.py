"""Single calls that the console makes to central through the sync process, and how they end. Values only.

They are for questions whose answer somebody waits for: a hold, a customer's facts, figures of the area. Everything that
must arrive goes through the journal.
"""

import re
from dataclasses import dataclass
from typing import Any, TypeAlias

Body: TypeAlias = dict[str, Any]

_ID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_KEY = r"k[0-9]{1,6}:[A-Za-z0-9_-]{1,100}"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_ALLOWED = (
    re.compile(r"POST /v1/holds"),
    re.compile(rf"DELETE /v1/holds/{_ID}"),
    re.compile(rf"GET /v1/people/{_KEY}/facts(?:\?(?:(?:phone|wallet)={_KEY}&?){{1,2}})?"),
    re.compile(rf"GET /v1/stats\?day={_DAY}&days=[0-9]{{1,2}}(?:&staff=[A-Za-z0-9_.-]{{1,64}})?"),
    re.compile(rf"GET /v1/stats/activity\?first={_DAY}&weeks=[0-9]{{1,2}}"),
)

CALL_LIMIT = 4 * 1024 * 1024
"""Bytes of an answer. The facts of one customer come nowhere near it, nor 28 days of a dozen branches."""


@dataclass(frozen=True, slots=True)
class CallAnswer:
    """Central answered, whatever it said. `epoch` is the one that this terminal has agreed on with it."""

    status: int
    body: Body
    epoch: str

    @property
    def code(self) -> str:
        """The code of a problem; empty when there is none."""
        return str(self.body.get("code", "")) if self.status >= 400 else ""


@dataclass(frozen=True, slots=True)
class CallFailed:
    """There was no answer that counts: what was asked may have been done or not.

    `reason`: network-cut, connecting, no-process, needs-a-person, not-allowed (nothing was asked), timeout, broken,
    unreachable, certificate, not-central, older-epoch, new-epoch, unauthorized.
    """

    reason: str


Called: TypeAlias = CallAnswer | CallFailed


def allowed(method: str, path: str) -> bool:
    """Whether the console may make this call: nothing but holds, a customer's facts, and figures."""
    wanted = f"{method} {path}"
    return any(each.fullmatch(wanted) for each in _ALLOWED)


def as_event(call: str, called: Called) -> dict[str, object]:
    """How the sync process tells the console about the end of a call."""
    if isinstance(called, CallFailed):
        return {"event": "answer", "id": call, "failed": called.reason}
    return {"event": "answer", "id": call, "status": called.status, "body": called.body, "epoch": called.epoch}


def of_event(event: dict[str, Any]) -> Called:
    """The end of a call from that event."""
    failed = event.get("failed")
    if isinstance(failed, str):
        return CallFailed(failed)
    return CallAnswer(event["status"], event["body"], event["epoch"])
