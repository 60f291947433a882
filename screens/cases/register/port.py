"""What these screens call of the case desk. Every call *blocks*; errors carry a code."""

from typing import Protocol


class Port(Protocol):
    """The form (F4)."""
