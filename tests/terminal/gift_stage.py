"""A campaign, facts and goods on their real ways to a branch: by central's own commands, from files."""

import csv
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.fixtures.central import CentralProcess
from tests.terminal.branch import BRANCH

SAMPLES = Path(__file__).parents[2] / "data" / "campaigns"
SPEND = "spend_500_30d"
RICE = "RICE-5KG"
NOTE = "PS-2026-07"
ZONE = ZoneInfo("Asia/Shanghai")


def today() -> str:
    """The business day."""
    return datetime.now(ZONE).date().isoformat()


def day(after: int) -> str:
    """The business day so many days after today."""
    return (datetime.now(ZONE).date() + timedelta(days=after)).isoformat()


def campaign_file(folder: Path, name: str = SPEND, **more: str) -> Path:
    """A sample as a file that runs today, whatever day that is; `more` replaces values by their keys."""
    content = (SAMPLES / f"{name}.v1.toml").read_text(encoding="utf-8")
    for key, value in {"effective_from": day(-6), "from": day(-5), "to": day(60), **more}.items():
        content, times = re.subn(rf"^{key} = .*$", f"{key} = {value}", content, flags=re.MULTILINE)
        assert times == 1, key
    file = folder / f"{name}.v1.toml"
    file.write_text(content, encoding="utf-8")
    return file


def know(central: CentralProcess, folder: Path, document: str, **facts: Any) -> None:
    """An import of what the wallet core knows of somebody, as of now."""
    file = folder / "core.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["kind", "number", "fact", "value", "as_of"])
        for fact, value in facts.items():
            rows.writerow(["document", document, fact, json.dumps(value), datetime.now(UTC).isoformat()])
    central.command("facts", "import", str(file))


def spent(*fens: int) -> list[dict[str, Any]]:
    """Payments of two days ago."""
    return [{"on": day(-2), "fen": fen, "merchant": "M1", "mcc": "5411", "kind": "spend"} for fen in fens]


def run_campaign(central: CentralProcess, file: Path, document: str, author: str = "zhaomin") -> None:
    """The whole life of a campaign up to its start. Whoever wrote it may not approve it."""
    name = file.name.partition(".")[0]
    central.command("campaign", "lint", str(file))
    central.command("campaign", "add", str(file), "--author", author)
    tried = json.loads(central.command("campaign", "dry-run", name, "--document", document, "--json"))
    assert tried["verdict"] == "NOT_YET"
    central.command("campaign", "submit", name)
    assert "approve" in central.command("campaign", "approve", name, "--by", author, check=False)
    assert states(central) == ["submitted"]
    central.command("campaign", "approve", name, "--by", "sunli")


def states(central: CentralProcess) -> list[str]:
    """How far each version has come."""
    return [str(each["state"]) for each in json.loads(central.command("campaign", "list", "--json"))]


def dispatch(central: CentralProcess, quantity: int, sku: str = RICE, branch: str = BRANCH) -> None:
    """Goods on their way to the branch."""
    central.command(
        *("stock", "dispatch", branch, "--sku", sku, "--quantity", str(quantity)),
        *("--lot", "L1", "--expires", day(200), "--note", NOTE),
    )


def stored(central: CentralProcess, branch: str = BRANCH) -> list[dict[str, Any]]:
    """The entries of a branch as central has them."""
    return [json.loads(line) for line in central.command("entries", "--branch", branch).split("\n") if line]


def mirrored(central: CentralProcess, sku: str = RICE, branch: str = BRANCH) -> dict[str, int]:
    """What central's mirror of the stock says is where."""
    rows = json.loads(central.command("stock", "list", "--branch", branch, "--json"))
    return {str(each["location"]): int(each["quantity"]) for each in rows if each["sku"] == sku}
