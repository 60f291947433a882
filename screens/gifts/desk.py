"""The gift desk behind a widget."""

from typing import Protocol, cast

from textual.dom import DOMNode

from screens.gifts.port import GiftDesk

__all__ = ["GiftDesk", "gifts_of"]


class _Services(Protocol):
    @property
    def gifts(self) -> GiftDesk:
        """The gift desk."""


class _Console(Protocol):
    @property
    def services(self) -> _Services:
        """What the screens may call."""


def gifts_of(node: DOMNode) -> GiftDesk:
    """The gift desk of the console that shows `node`. Reading it raises RuleError while the console is locked."""
    return cast("_Console", node.app).services.gifts
