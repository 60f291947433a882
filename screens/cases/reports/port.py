"""What the screens of reports call of the case desk. Every call *blocks*; errors carry a code."""

from typing import Protocol


class Port(Protocol):
    """The complaint register."""
