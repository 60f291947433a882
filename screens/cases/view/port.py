"""What the screens of one case call of the case desk. Every call *blocks*; errors carry a code."""

from typing import Protocol


class Port(Protocol):
    """One case."""
