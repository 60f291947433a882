"""The login is on the screen before anything heavy has been imported."""

import json
import subprocess
import sys
from pathlib import Path

HEAVY = {
    "sqlmodel",
    "sqlalchemy",
    "sqlcipher3",
    "httpx",
    "pydantic",
    "pypinyin",
    "phonenumbers",
    "cryptography",
    "argon2",
}
CODE = """
import asyncio, sys, threading
from pathlib import Path
from branch_console.app import BranchConsole
from branch_console.services import Services
from branch_console.settings import Settings

loading = threading.Event()
Services.warm_up = lambda self: loading.wait(20)
Services.staff = lambda self: ()

async def main():
    app = BranchConsole(Services(Settings(home=Path(sys.argv[1]))))
    async with app.run_test(size=(80, 24)) as pilot:
        while "password" not in {w.id for w in app.screen.query("*")}:
            await pilot.pause(0.01)
        shot = app.export_screenshot()
        print(sorted({name.partition(".")[0] for name in sys.modules}))
        print("密码" in shot)
        loading.set()

asyncio.run(main())
"""


def test_the_login_is_painted_before_store_network_and_dictionaries_are_loaded(tmp_path: Path) -> None:
    facts = {"terminal": "1", "name": "K-01", "branch": "755-001", "branch_name": "深圳福田支行"}
    (tmp_path / "device.json").write_text(json.dumps(facts), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", CODE, str(tmp_path)], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    modules, painted = done.stdout.splitlines()
    assert painted == "True"
    assert not HEAVY & set(json.loads(modules.replace("'", '"')))
