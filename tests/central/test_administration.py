"""The administration commands, as scripts use them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from branch_console.rules.staff import subject_for
from branch_console.security.credential import open_credential
from tests.fixtures.central import CentralProcess
from tests.wire.conftest import enrolled


def entries(central: CentralProcess, type_: str) -> list[dict[str, object]]:
    """The data of published entries of a type."""
    lines = central.command("entries", "--branch", "B1", "--json").splitlines()
    return [entry["data"] for entry in map(json.loads, lines) if entry["type"] == type_]


def test_the_commands_of_a_day(central: CentralProcess) -> None:
    assert json.loads(central.command("branch", "add", "B1", "北京朝阳支行", "--json")) == {"branch": "B1"}
    assert "already" in central.command("branch", "add", "B1", "x", check=False)
    listed = json.loads(central.command("branch", "list", "--json"))
    assert listed == [
        {"branch": "B1", "name": "北京朝阳支行", "timezone": "Asia/Shanghai", "language": "zh", "terminals": 0}
    ]
    made = json.loads(central.command("staff", "add", "B1", "g01", "王小明", "--role", "guide", "--json"))
    assert set(made) == {"staff", "first_password"}
    assert made["staff"] == "g01"
    registered = entries(central, "staff.registered")[0]
    assert {**registered, "credential": None} == {
        "staff_id": "g01",
        "name": "王小明",
        "role": "guide",
        "active": True,
        "credential": None,
    }
    credential = registered["credential"]
    assert isinstance(credential, dict)
    assert credential["must_change"] is True
    open_credential("g01", made["first_password"], credential)
    code = json.loads(central.command("enrolment-code", "B1", "--json"))
    assert set(code) == {"code", "expires"}
    mini = enrolled(central, "B1")
    terminals = json.loads(central.command("terminal", "list", "--json"))
    assert [(each["terminal"], each["revoked_at"]) for each in terminals] == [(mini.terminal, None)]
    mini.write("journey.sang", "journey/0199c0de-0000-7000-8000-0000000000aa", {})
    assert mini.push().status_code == 200
    quarantined = json.loads(central.command("quarantine", "list", "--json"))
    assert [(each["terminal"], each["seq"], each["code"]) for each in quarantined] == [
        (mini.terminal, 1, "unknown-type")
    ]
    refolded = json.loads(central.command("quarantine", "refold", "--json"))
    assert refolded == {"subjects": 1, "released": 0, "quarantined": 1}
    said = json.loads(central.command("terminal", "revoke", mini.terminal, "--json"))
    assert said == {"terminal": mini.terminal, "revoked": True}
    assert mini.head().json()["code"] == "terminal-revoked"
    assert "no terminal" in central.command("terminal", "revoke", mini.terminal, check=False)
    assert "王小明" in central.command("staff", "list")


def test_staff_change_and_every_change_is_published(central: CentralProcess) -> None:
    central.branch()
    first = central.staff("B1", "g01")
    assert "already" in central.command("staff", "add", "B1", "g01", "x", "--role", "guide", check=False)
    central.command("staff", "role", "B1", "g01", "supervisor")
    second = json.loads(central.command("staff", "reset-password", "B1", "g01", "--json"))["first_password"]
    assert second != first
    central.command("staff", "remove", "B1", "g01")
    assert "no member of staff" in central.command("staff", "remove", "B1", "g01", check=False)
    assert "no member of staff" in central.command("staff", "reset-password", "B1", "g99", check=False)
    assert central.staff("B1", "g01", "王小明", "guide")
    published = entries(central, "staff.registered")
    assert [(each["role"], each["active"]) for each in published] == [
        ("guide", True),
        ("supervisor", True),
        ("supervisor", True),
        ("supervisor", False),
        ("guide", True),
    ]
    assert published[0]["credential"] == published[1]["credential"]
    assert published[2]["credential"] == published[3]["credential"] != published[1]["credential"]


def test_a_password_changed_at_a_terminal_outlives_a_change_of_role(central: CentralProcess) -> None:
    central.branch()
    central.staff("B1", "g01")
    mini = enrolled(central, "B1")
    old = entries(central, "staff.registered")[0]["credential"]
    assert isinstance(old, dict)
    new = {**old, "must_change": False}
    mini.write("staff.credential_changed", subject_for("staff", "g01"), {"staff_id": "g01", "credential": new})
    assert mini.push().json()["quarantined"] == []
    central.command("staff", "role", "B1", "g01", "auditor")
    assert entries(central, "staff.registered")[-1]["credential"] == new
    listed = json.loads(central.command("staff", "list", "--branch", "B1", "--json"))
    said = {"branch": "B1", "staff": "g01", "name": "王小明", "role": "auditor", "active": True, "must_change": False}
    assert listed == [{**said, "area": ""}]


@pytest.mark.parametrize(
    "arguments",
    [
        ("branch", "add", "北京", "x"),
        ("branch", "add", "B2", " "),
        ("branch", "add", "B2", "x", "--timezone", "Mars/Base"),
        ("branch", "add", "B2", "x", "--language", "fr"),
        ("staff", "add", "B1", "a b", "x", "--role", "guide"),
        ("staff", "add", "B1", "g1", "x", "--role", "king"),
        ("staff", "add", "NONE", "g1", "x", "--role", "guide"),
        ("enrolment-code", "NONE"),
        ("entries", "--branch", "NONE"),
    ],
)
def test_wrong_values_change_nothing_and_end_with_status_1(
    shared_central: CentralProcess, arguments: tuple[str, ...]
) -> None:
    before = shared_central.sql("SELECT count(*) FROM entry")
    with pytest.raises(AssertionError):
        shared_central.command(*arguments)
    assert shared_central.sql("SELECT count(*) FROM entry") == before


def test_without_a_serving_central_the_commands_say_so(tmp_path: Path) -> None:
    nothing = CentralProcess(tmp_path, None, {})
    assert "no central serves" in nothing.command("branch", "list", check=False)


def test_reference_documents_are_published_when_their_text_is_new(
    make_central: Callable[..., CentralProcess], tmp_path: Path
) -> None:
    folder = tmp_path / "reference"
    (folder / "codes").mkdir(parents=True)
    (folder / "codes" / "a.v1.toml").write_text('x = "一"\n')
    central = make_central(BRANCH_CONSOLE_REFERENCE_DIR=str(folder))
    central.command("branch", "add", "B1", "一", "--json")
    (folder / "codes" / "b.v1.toml").write_text('y = "二"\n')
    central.command("branch", "add", "B2", "二", "--json")
    (folder / "codes" / "a.v1.toml").write_text('x = "三"\n')

    def published(branch: str) -> list[tuple[str, str]]:
        lines = central.command("entries", "--branch", branch, "--json").splitlines()
        said = [entry["data"] for entry in map(json.loads, lines) if entry["type"] == "reference.published"]
        return [(each["name"], each["content"]) for each in said]

    old, b, new = (
        ("codes/a.v1.toml", 'x = "一"\n'),
        ("codes/b.v1.toml", 'y = "二"\n'),
        ("codes/a.v1.toml", 'x = "三"\n'),
    )
    assert published("B1") == [old]
    assert published("B2") == [old, b]
    central.stop()
    central.start()
    assert published("B1") == [old, new, b]
    assert published("B2") == [old, b, new]
    central.stop()
    central.start()
    assert published("B1") == [old, new, b]
