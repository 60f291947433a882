"""Settings of the console and of central: defaults, overridden by `BRANCH_CONSOLE_<NAME>`.

A plain dataclass on purpose: it is read before the login is painted, and a settings library alone costs as much time as
Textual itself (measured, docs/performance.md).
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

PREFIX = "BRANCH_CONSOLE_"
PACKAGE_ROOT = Path(__file__).parents[1]


class SettingsError(ValueError):
    """A setting has a value that it cannot have; the message names the variable and what is allowed."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, with their defaults."""

    home: Path
    """Where all state of this terminal (or of a central that runs here) is kept."""
    language: str = "zh"
    """Language at start: zh or en. A member of staff may change it at run time."""
    theme: str = "dark"
    """Colours: dark or light."""
    borders: str = "round"
    """Lines around panels: round, or ascii for consoles that draw box characters two cells wide."""
    idle_lock_seconds: int = 90
    """Seconds without a key or click until the console locks itself (30 to 300)."""
    session_hours: int = 10
    """Hours after which a session ends, whatever happens (1 to 12)."""
    grant_days: int = 7
    """Days that offline logins are possible without any contact with central (1 to 30)."""
    retention_days: int = 7
    """Days that a finished journey's personal data stays on the terminal after central has it (1 to 30)."""
    sync_spread_seconds: int = 60
    """After an outage a terminal comes back at a random moment within so many seconds (0 to 600)."""
    network_timeout_seconds: int = 15
    """Seconds to wait for an answer of central before the outcome counts as unknown (1 to 120)."""
    reference_dir: Path = PACKAGE_ROOT / "data" / "reference"
    """Folder of the reference data that central publishes."""


_CHOICES = {"language": ("zh", "en"), "theme": ("dark", "light"), "borders": ("round", "ascii")}
_RANGES = {
    "idle_lock_seconds": (30, 300),
    "session_hours": (1, 12),
    "grant_days": (1, 30),
    "retention_days": (1, 30),
    "sync_spread_seconds": (0, 600),
    "network_timeout_seconds": (1, 120),
}


def load_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings that the environment gives. Raises SettingsError."""
    settings = Settings(home=_home(environ))
    for field in fields(Settings):
        text = environ.get(PREFIX + field.name.upper())
        if text is None or field.name == "home":
            continue
        settings = replace(settings, **{field.name: _parse(field.name, text)})
    return settings


def _home(environ: Mapping[str, str]) -> Path:
    """The state folder: as set, or the platform's folder for application data."""
    given = environ.get(PREFIX + "HOME")
    if given:
        return Path(given).expanduser().absolute()
    from platformdirs import user_data_path  # noqa: PLC0415  costs 10 ms, needed only here

    return user_data_path("branch-console", appauthor=False)


def _parse(name: str, text: str) -> Any:
    """The value of one variable. Raises SettingsError."""
    variable = PREFIX + name.upper()
    if name in _CHOICES:
        if text not in _CHOICES[name]:
            raise SettingsError(f"{variable} is {text!r}; allowed: {', '.join(_CHOICES[name])}")
        return text
    if name in _RANGES:
        low, high = _RANGES[name]
        if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
            raise SettingsError(f"{variable} is {text!r}; allowed: a whole number from {low} to {high}")
        return int(text)
    return Path(text).expanduser().absolute()
