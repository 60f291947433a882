"""What a fresh interpreter has loaded: layers that must not know screens, and a login that waits for nothing heavy."""

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from branch_console.central.commands import app as commands_of_central
from branch_console.cli import app

HEAVY = (
    "sqlmodel",
    "sqlalchemy",
    "sqlcipher3",
    "httpx",
    "pydantic",
    "cryptography",
    "argon2",
    "pypinyin",
    "phonenumbers",
)


def loaded(statement: str) -> set[str]:
    """The top-level modules after running `statement` in a new interpreter."""
    code = f"{statement}\nimport sys\nprint(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "module",
    [
        "branch_console.rules.catalogue",
        "branch_console.security.unlock",
        "data.store",
        "data.queries",
        "branch_console.desk.journeys",
        "branch_console.sync.process",
        "branch_console.services.terminal",
        "branch_console.central.app",
    ],
)
def test_nothing_below_the_screens_loads_textual(module: str) -> None:
    found = loaded(f"import {module}")
    assert "textual" not in found
    assert "rich" not in found or "structlog" in found  # which loads it by itself; import contracts watch over ours


def test_rules_load_no_store_and_no_network() -> None:
    assert not loaded("import branch_console.rules.catalogue") & {
        "sqlmodel",
        "sqlalchemy",
        "httpx",
        "psycopg",
        "fastapi",
    }


def test_central_loads_nothing_of_the_terminal() -> None:
    assert not loaded("import branch_console.central.app") & {"data", "screens", "sqlcipher3"}


def test_the_console_is_ready_to_paint_its_login_without_store_orm_and_network() -> None:
    statement = "import branch_console.app, branch_console.services, branch_console.console, screens.login"
    assert not loaded(statement) & set(HEAVY)


def test_a_command_of_the_terminal_loads_nothing_of_central() -> None:
    statement = "from typer.testing import CliRunner; from branch_console.cli import app; "
    for words in (["--help"], ["info", "--help"]):
        assert not loaded(f"{statement}CliRunner().invoke(app, {words})") & {"psycopg", "fastapi"}


def test_the_commands_of_central_are_listed_and_load_when_called() -> None:
    runner = CliRunner(env={"COLUMNS": "200", "TERM": "dumb"})
    assert str(commands_of_central.info.help) in runner.invoke(app, ["--help"]).output
    assert "serve" in runner.invoke(app, ["central"]).output
    done = runner.invoke(app, ["central", "terminal", "list", "--help"])
    assert (done.exit_code, "how far their journals" in done.output) == (0, True)
    assert runner.invoke(app, ["central", "sing"]).exit_code == 2


def test_the_environment_cannot_switch_on_what_shows_customers() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import branch_console, os; print([n for n in os.environ if n.startswith('TEXTUAL')])"],
        capture_output=True,
        text=True,
        check=True,
        env={"TEXTUAL_LOG": "/nowhere", "TEXTUAL_SCREENSHOT": "1", "TEXTUAL_DEVTOOLS_HOST": "x"},
        timeout=60,
    )
    assert done.stdout.strip() == "['TEXTUAL_DISABLE_KITTY_KEY']"
