"""Whether something on the screen is on its way out, so that an answer that comes late is not drawn into it."""

from textual.dom import DOMNode


def taken_down(node: DOMNode) -> bool:
    """True while a widget or a screen is being removed, and afterwards: its parts may be gone before it is.

    Textual shows nothing that is being removed, whatever the styles say, and takes down all when the console is left.
    """
    removed = not node.display and node.styles.display != "none"
    return removed or not node.is_attached or not node.app.is_running
