"""What central answers when it refuses: RFC 9457 problem details with a stable code. List: docs/protocol.md."""

from collections.abc import Mapping
from datetime import UTC, datetime

import orjson
from starlette.responses import Response

from branch_console.rules.journal import format_at

MEDIA_TYPE = "application/problem+json"

STATUS: dict[str, tuple[int, str]] = {
    "bad-request": (400, "The request is not of the documented form"),
    "unsupported-grant": (400, "Only client credentials with a JWT assertion are supported"),
    "invalid-token": (401, "The bearer token is missing, wrong or expired"),
    "invalid-client": (401, "The client assertion is not accepted"),
    "unknown-terminal": (401, "Central does not know this terminal"),
    "assertion-reused": (401, "A client assertion works once"),
    "enrolment-code-unknown": (403, "There is no such enrolment code"),
    "enrolment-code-used": (403, "The enrolment code has been used"),
    "enrolment-code-expired": (403, "The enrolment code has expired"),
    "terminal-revoked": (403, "The terminal has been revoked"),
    "wrong-terminal": (403, "The entry belongs to another terminal"),
    "wrong-branch": (403, "The entry belongs to another branch"),
    "not-found": (404, "There is nothing here"),
    "method-not-allowed": (405, "This address does not take this method"),
    "request-timeout": (408, "The body took too long to arrive"),
    "journal-fork": (409, "Central holds another entry at this place"),
    "journal-gap": (409, "Entries before these are missing at central"),
    "hold-refused": (409, "The right cannot be kept for this customer now"),
    "terminal-known": (409, "There is a terminal of this id already"),
    "resync": (410, "The cursor is not of this feed; begin from the start"),
    "too-large": (413, "The body, after decompression, or the batch is too large"),
    "unsupported-encoding": (415, "Content-Encoding must be zstd, gzip or identity"),
    "bad-entry": (422, "An entry is not well-formed"),
    "bad-checkpoint": (422, "The checkpoint does not fit the entries"),
    "client-too-old": (426, "This version of the terminal is no longer served"),
    "too-busy": (429, "Too many requests at the moment"),
    "internal-error": (500, "Central failed; the outcome is unknown"),
    "recovering": (503, "Central was restored and waits to hear from all terminals of the branch"),
    "unavailable": (503, "Central cannot work at the moment"),
}
"""Every code: its status and its title."""


class ProblemError(Exception):
    """The answer to a request that central refuses; `members` are further members of the problem."""

    def __init__(
        self, code: str, detail: str = "", *, headers: Mapping[str, str] | None = None, **members: object
    ) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
        self.headers = dict(headers or {})
        self.members = members

    @classmethod
    def unknown_terminal(cls) -> "ProblemError":
        """A bearer of a right token whom central's database does not hold: enrolled after the backup that it is."""
        return cls("unknown-terminal", headers={"WWW-Authenticate": 'Bearer error="invalid_token"'})

    def response(self) -> Response:
        """The problem as an HTTP answer."""
        return problem_response(self.code, self.detail, headers=self.headers, **self.members)


def problem_response(
    code: str, detail: str = "", *, headers: Mapping[str, str] | None = None, **members: object
) -> Response:
    """The answer for `code`, with central's time, by which a terminal with a wrong clock can correct itself."""
    status, title = STATUS[code]
    body = {
        "type": f"urn:branch-console:problem:{code}",
        "title": title,
        "status": status,
        "code": code,
        "detail": detail or title,
        "server_time": format_at(datetime.now(UTC)),
        **members,
    }
    return Response(orjson.dumps(body), status, headers=headers, media_type=MEDIA_TYPE)


def retry_after(seconds: int) -> dict[str, str]:
    """The header that says when to come again."""
    return {"Retry-After": str(max(1, seconds))}
