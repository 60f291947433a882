"""Who this terminal is, as kept inside the encrypted store; and a few ways to write numbers."""

import secrets
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import orjson

from branch_console.security.keys import b64url, unb64url


@dataclass(frozen=True)
class Identity:
    """What enrolment gave this terminal. Keys never show in a repr.

    `tenant_keys`: version → key of the hashes of phones and documents. `central_key`: JWK that central signs with.
    `epoch`: of the central that enrolled it. `timezone`: of the branch; it decides business dates.
    """

    terminal: str
    branch: str
    signing_key: bytes = field(repr=False)
    tenant_keys: dict[str, bytes] = field(repr=False)
    central_key: dict[str, str]
    epoch: str
    timezone: str = "Asia/Shanghai"

    @property
    def zone(self) -> ZoneInfo:
        """The branch's time zone. Raises ZoneInfoNotFoundError for a name that does not exist."""
        return ZoneInfo(self.timezone)

    def dump(self) -> str:
        """The identity as JSON, for the store only."""
        return orjson.dumps(
            {
                "terminal": self.terminal,
                "branch": self.branch,
                "signing_key": b64url(self.signing_key),
                "tenant_keys": {version: b64url(key) for version, key in self.tenant_keys.items()},
                "central_key": self.central_key,
                "epoch": self.epoch,
                "timezone": self.timezone,
            }
        ).decode()

    @classmethod
    def load(cls, text: str) -> "Identity":
        """What `dump` wrote. Raises ValueError."""
        fields = orjson.loads(text)
        fields["signing_key"] = unb64url(fields["signing_key"])
        fields["tenant_keys"] = {version: unb64url(key) for version, key in fields["tenant_keys"].items()}
        return cls(**fields)


def new_id(now_ms: int) -> str:
    """A UUIDv7 (RFC 9562 §5.7) of Unix milliseconds `now_ms`."""
    value = (now_ms & (2**48 - 1)) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 7 << 76
    value = value & ~(0x3 << 62) | 2 << 62
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
