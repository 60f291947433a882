"""The console in a pseudo-terminal beside a bare Textual application, in the same rounds."""

import statistics
from dataclasses import dataclass, field

from branch_console.settings import Settings
from tests.bench.stage import PASSWORD, STAFF
from tests.bench.timed import Timed, quantiles

BARE = ["-m", "tests.bench.bare"]
CONSOLE = ["-m", "branch_console"]
LOGIN_SHOWS, TODAY_SHOWS, FIND_SHOWS = "工号", "待同步", "查找客户"
TYPED = "abcdefghijklmnopqrstuvwxyz"
IDLE_SECONDS = 20


@dataclass
class Figures:
    """All rounds of one side; milliseconds."""

    start: list[float] = field(default_factory=list)
    keys: list[float] = field(default_factory=list)
    moves: list[float] = field(default_factory=list)


def environment(settings: Settings) -> dict[str, str]:
    """What makes a child process show this terminal."""
    return {"BRANCH_CONSOLE_HOME": str(settings.home), "BRANCH_CONSOLE_SYNC_SPREAD_SECONDS": "0"}


def measure_starts(settings: Settings, rounds: int) -> tuple[list[float], list[float]]:
    """Milliseconds from the start of the process to the text on screen: bare, console."""
    bare, console = [], []
    for _ in range(rounds):
        with Timed(BARE) as program:
            bare.append(program.until("READY"))
        with Timed(CONSOLE, environment(settings)) as program:
            console.append(program.until(LOGIN_SHOWS))
    return bare, console


def log_in(program: Timed) -> float:
    """Milliseconds from Enter to Today."""
    program.until(LOGIN_SHOWS)
    program.drain(0.8)
    program.press(STAFF)
    program.drain()
    program.press("\t")
    program.drain()
    program.press(PASSWORD)
    program.drain()
    program.press("\r")
    return program.until(TODAY_SHOWS)


def measure_keys(settings: Settings, rounds: int) -> tuple[list[float], list[float], list[float], float, float]:
    """Key echoes bare and in the look-up over a full store, Enter to Today, idle CPU (%), memory (MB)."""
    bare: list[float] = []
    console: list[float] = []
    entered: list[float] = []
    cpu, memory = 0.0, 0.0
    for number in range(rounds):
        with Timed(BARE) as program:
            program.until("READY")
            program.drain(0.5)
            bare += program.echo(TYPED)
        with Timed(CONSOLE, environment(settings)) as program:
            entered.append(log_in(program))
            program.drain(0.5)
            program.press("\x1bOQ")
            program.until(FIND_SHOWS)
            program.drain(0.5)
            program.press("\x06")
            program.drain(0.3)
            console += program.echo(TYPED)
            if number == rounds - 1:
                program.press("\x1b\x1b")
                program.drain(1)
                cpu, memory = program.idle_cpu(IDLE_SECONDS), program.memory_mb()
    return bare, console, entered, cpu, memory


def line(name: str, bare: list[float], console: list[float]) -> str:
    """One row: p50 and p95 of both, and their ratios."""
    bare_50, bare_95 = quantiles(bare)
    own_50, own_95 = quantiles(console)
    return (
        f"| {name} | {bare_50:.1f} / {bare_95:.1f} | {own_50:.1f} / {own_95:.1f} "
        f"| {own_50 / bare_50:.2f}x / {own_95 / bare_95:.2f}x |"
    )


def median(times: list[float]) -> float:
    """p50."""
    return statistics.median(times)
