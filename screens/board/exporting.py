"""From what is on the screen to a file of it."""

from pathlib import Path
from typing import Any, cast

from branch_console.figure_views.board import BoardView
from branch_console.figure_views.tables import RowsView
from branch_console.locale import t
from branch_console.rules.roles import Action, allowed
from branch_console.rules.staff import Role
from screens.base import BranchScreen
from screens.board.desk import figures_of
from screens.port import ConsoleServices

EXPORT: Action = "figures.export"


def role_of(screen: BranchScreen[Any]) -> Role | None:
    """The role of whoever works here."""
    session = cast(ConsoleServices, screen.shell.services).session  # type: ignore[attr-defined]
    return cast(Role, session.role) if session is not None else None


def why_not_export(screen: BranchScreen[Any]) -> str:
    """In words; empty when it is for whoever works here."""
    role = role_of(screen)
    return "" if role is not None and allowed(role, EXPORT) else t("error.role_may_not")


def open_export(screen: BranchScreen[Any], view: BoardView | RowsView) -> None:
    """Ask in which form, and write what is shown."""
    from screens.board.export_screen import ExportScreen  # noqa: PLC0415  few sessions write files

    def save(form: str) -> Path:
        return figures_of(screen).export(view, form)

    screen.app.push_screen(ExportScreen(view, save))
