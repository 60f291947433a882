"""Reports that leave the terminal as files: each is an entry of the journal."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from hashlib import file_digest
from pathlib import Path
from typing import NamedTuple

from branch_console.desk.desk import Desk
from branch_console.rules.staff import subject_for


class Exported(NamedTuple):
    """Which report, of which days, in which form, with how many rows."""

    what: str
    since: date
    until: date
    form: str
    rows: int


def exported(desk: Desk, about: Exported, make: Callable[[Path], object], path: Path) -> Path:
    """Let `make` write the file, note its hash in the journal, and only then give it its name; the name.

    So there is never a file without its entry. Whoever is killed in between has an entry without a file. Raises
    OSError, StoreError, and what `make` raises; then there is no new file.
    """
    hidden = path.with_name(f".{path.name}")
    try:
        make(hidden)
        with hidden.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        with desk.act() as act:
            act.append(
                "report.exported",
                subject_for("terminal", desk.store.identity.terminal),
                {
                    "what": about.what,
                    "since": about.since.isoformat(),
                    "until": about.until.isoformat(),
                    "form": about.form,
                    "rows": about.rows,
                    "sha256": digest,
                },
            )
        return hidden.replace(path)
    except BaseException:
        with suppress(OSError):
            hidden.unlink()
        raise
