"""The figures behind a widget."""

from typing import Protocol, cast

from textual.dom import DOMNode

from screens.board.port import Port

__all__ = ["Port", "figures_of"]


class _Services(Protocol):
    @property
    def figures(self) -> Port:
        """The figures."""


class _Console(Protocol):
    @property
    def services(self) -> _Services:
        """What the screens may call."""


def figures_of(node: DOMNode) -> Port:
    """The figures of the console that shows `node`. Reading it raises RuleError while the console is locked.

    Made when first asked for, so in a thread only.
    """
    return cast("_Console", node.app).services.figures
