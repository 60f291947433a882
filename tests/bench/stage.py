"""A central and terminals of a branch on this machine, for measuring."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from branch_console.central import administration, staffing
from branch_console.central.loop import run
from branch_console.central.settings import CentralSettings
from branch_console.demo.central import DemoCentral
from branch_console.services.enrolling import enrol
from branch_console.settings import Settings, load_settings

BRANCHES, STAFF, PASSWORD = ("B1", "B2", "B3", "B4"), "bench", "long-lake-grey-42"


@dataclass
class Stage:
    """Where everything is."""

    root: Path
    central: DemoCentral
    terminals: list[Settings] = field(default_factory=list)

    @property
    def central_settings(self) -> CentralSettings:
        """Settings with which administration reaches central."""
        return CentralSettings(home=self.root)

    def terminal(self, branch: str = BRANCHES[0]) -> Settings:
        """Enrol another terminal of a branch."""

        async def code() -> str:
            async with administration.office(self.central_settings) as office:
                return (await administration.enrolment_code(office, branch, 1)).code

        number = len(self.terminals) + 1
        home = self.root / f"terminal-{number}"
        settings = replace(load_settings(), home=home, sync_spread_seconds=0)
        enrol(settings, self.central.url, run(code()), f"K-{number:02d}")
        self.terminals.append(settings)
        return settings


@contextmanager
def stage() -> Iterator[Stage]:
    """A fresh central with four branches and a member of staff in each; everything is removed at the end."""
    root = Path(tempfile.mkdtemp(prefix="bench-"))
    root.chmod(0o755)
    made = Stage(root, DemoCentral.find_or_start(root, 0))
    try:
        run(_found(made.central_settings))
        yield made
    finally:
        made.central.stop()
        shutil.rmtree(root, ignore_errors=True)


async def _found(settings: CentralSettings) -> None:
    async with administration.office(settings) as office:
        for branch in BRANCHES:
            await administration.add_branch(office, branch, "测量网点（虚构）", "Asia/Shanghai", "zh")
            await staffing.add_staff(office, branch, STAFF, "量一量", "guide", password=PASSWORD)
