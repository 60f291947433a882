"""Goods that central sends to a branch: supplier → transit, until the branch unpacks them."""

import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from branch_console.central.administration import AdministrationError, Office, check_branch
from branch_console.central.clocks import now
from branch_console.central.publish import Act, publish, uuid7
from branch_console.rules.gifts.parts import Day, Lot, Quantity, Sku
from branch_console.rules.journal import Data
from branch_console.rules.journey_entries import Code


class Line(BaseModel):
    """One item of one lot."""

    model_config = ConfigDict(extra="forbid")

    sku: Sku
    quantity: Quantity
    lot: Lot = ""
    expires_on: Day | None = None


class Dispatch(BaseModel):
    """A dispatch note: what is sent under which number."""

    model_config = ConfigDict(extra="forbid")

    note_number: Code
    lines: Annotated[list[Line], Field(min_length=1, max_length=200)]


def read_dispatch(file: Path) -> Dispatch:
    """A dispatch note as a TOML file: note_number, [[lines]] sku, quantity, lot, expires_on (as text)."""
    try:
        return Dispatch.model_validate(tomllib.loads(file.read_text()))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise AdministrationError(f"{file.name}: {error}") from error
    except ValidationError as error:
        raise refused(error, file.name) from error


def refused(error: ValidationError, where: str) -> AdministrationError:
    """The first thing that is wrong, in words."""
    first = error.errors()[0]
    path = ".".join(str(part) for part in first["loc"])
    return AdministrationError(f"{where}: {path}: {first['msg']}")


async def dispatch(at: Office, branch: str, note: Dispatch) -> str:
    """Publish the dispatch to the branch; return its subject. Raises AdministrationError for what cannot be sent."""
    await check_branch(at, branch)
    items = at.reference.items
    moves: list[Data] = []
    today = now().date().isoformat()
    for line in note.lines:
        row = None if items is None else items.row(line.sku)
        if row is None:
            raise AdministrationError(f"there is no item {line.sku}")
        if line.expires_on is None and row.food:
            raise AdministrationError(f"{line.sku} is food: it needs the date on which it expires")
        if line.expires_on is not None and line.expires_on < today:
            raise AdministrationError(f"{line.sku} has expired on {line.expires_on}")
        move: Data = {
            "sku": line.sku,
            "lot": line.lot,
            "expires_on": line.expires_on,
            "quantity": line.quantity,
            "source": "supplier",
            "target": "transit",
            "kind": "dispatch",
            "value_fen": row.value_fen * line.quantity,
        }
        moves.append(move)
    subject = f"stock/{uuid7()}"
    data: Data = {"note_number": note.note_number, "moves": list(moves)}
    async with at.connection.transaction():
        await publish(at.connection, branch, [Act("stock.dispatched", subject, data)], at.reference)
    return subject
