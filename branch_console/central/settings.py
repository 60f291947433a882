"""Settings of central. Every field can be given as the environment variable BRANCH_CONSOLE_<NAME>."""

from pathlib import Path

import platformdirs
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

import branch_console
from branch_console.central.rulings import Policy


def default_home() -> Path:
    """The platform's folder for this user's data."""
    return platformdirs.user_data_path("branch-console", appauthor=False)


def default_reference_dir() -> Path:
    """The reference documents that come with the program. Read as files; central imports nothing of the terminal."""
    return Path(branch_console.__file__).parents[1] / "data" / "reference"


class CentralSettings(BaseSettings):
    """What can be set from outside."""

    model_config = SettingsConfigDict(env_prefix="BRANCH_CONSOLE_", extra="ignore")

    home: Path = Field(default_factory=default_home)
    """Folder of all state; central's own is `central/` in it."""
    database: str | None = None
    """URL of PostgreSQL; None = an embedded one in the home folder."""
    reference_dir: Path = Field(default_factory=default_reference_dir)
    """Folder with the reference documents (TOML) that are published to the branches."""
    public_url: str | None = None
    """The URL under which terminals reach central, when a proxy stands before it; None = what the request says."""
    min_client: str = "0.1.0"
    """Terminals older than this version get 426 client-too-old."""
    max_pushes: int = Field(default=32, ge=1)
    """Pushes admitted at the same time; more get 429 with Retry-After."""
    max_push_bytes: int = Field(default=32 * 1_048_576, ge=1_048_576)
    """Bytes of admitted pushes at the same time, as their Content-Length says."""
    max_waiting: int = Field(default=20_000, ge=0)
    """Feeds that wait at the same time; more are answered at once and told to poll later."""
    lookups_per_minute: int = Field(default=120, ge=1)
    """How often a terminal may ask about people; more gets 429 with Retry-After."""
    body_seconds: float = Field(default=30, gt=0)
    """A body that takes longer than this to arrive gets 408."""
    pool_size: int = Field(default=8, ge=2)
    """Connections to PostgreSQL."""

    wallet_core: str = ""
    """The adapter of the wallets' core that stops losses, as package.module:function (wallet_core.py); `sandbox` is one
    that freezes nothing. Empty: central has none, and says so of every request."""
    core_seconds: float = Field(default=10, gt=0)
    """How long the core may take for one answer."""

    de_minimis_fen: int = Field(default=5000, ge=0)
    """Up to this value, in fen, a gift that was given twice is simply booked as a loss."""
    duplicates_for_case: int = Field(default=3, ge=1)
    """So many refused claims of one member of staff or terminal, within `duplicates_days`, make a case."""
    duplicates_days: int = Field(default=30, ge=1)
    """See `duplicates_for_case`."""
    clock_skew_ms: int = Field(default=120_000, ge=0)
    """By how much a terminal's clock may be off so that it still decides which claim came first."""

    @property
    def policy(self) -> Policy:
        """How claims are ruled on."""
        return Policy(self.de_minimis_fen, self.duplicates_for_case, self.duplicates_days, self.clock_skew_ms)

    @property
    def central_dir(self) -> Path:
        """Central's own folder."""
        return self.home / "central"

    @property
    def facts_path(self) -> Path:
        """Where the administration commands find the database of the central that serves from this home."""
        return self.central_dir / "central.json"
