"""Widgets of the project's own, each with its style sheet beside it."""

from pathlib import Path


def css_beside(module: str) -> str:
    """The style sheet beside a module: `DEFAULT_CSS = css_beside(__file__)`."""
    return Path(module).with_suffix(".tcss").read_text(encoding="utf-8")
