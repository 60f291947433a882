"""A figure office over a real store."""

from pathlib import Path
from typing import Any

from branch_console.desk.desk import Desk
from branch_console.services.figures.exporting import export
from branch_console.services.figures.office import FigureOffice
from data.store import Store
from tests.services.figures.export_sample import SampleBoard


def office_of(desk: Desk, folder: Path, **more: Any) -> FigureOffice:
    """Files go to a folder of `folder`."""

    def nothing(*_: object, **__: object) -> Any:
        raise AssertionError("an export asks nobody")

    return FigureOffice(lambda: desk, lambda: (True, None), nothing, folder / "slips", "深圳福田支行", **more)


def exported(desk: Desk, folder: Path, view: Any, form: str, board: SampleBoard | None = None, **more: Any) -> Path:
    """The view as a file."""
    return export(office_of(desk, folder, **more), board or SampleBoard(), view, form)


def exports(store: Store) -> list[Any]:
    """The entries of what was exported."""
    return [each for each in store.entries(f"terminal/{store.identity.terminal}") if each.type == "report.exported"]
