"""A defect ends the console with an id to quote and nothing of anybody's data; the log names what failed."""

import pytest

from screens.shell import Shell
from tests.screens.driving import on_screen, until

SECRET = "李秘密 13812348000"


class Broken(Shell):
    """One whose call of the desk fails, as errands make it: a thread inside a task."""

    def __init__(self) -> None:
        super().__init__()
        self.logged: list[tuple[str, BaseException | None]] = []

    def log_crash(self, error_id: str, error: BaseException | None) -> None:
        self.logged.append((error_id, error))

    def on_mount(self) -> None:
        self.run_worker(self._serve())

    async def _serve(self) -> None:
        await self.run_worker(self._call, thread=True, exit_on_error=False).wait()

    def _call(self) -> None:
        raise LookupError(SECRET)


@on_screen
async def test_the_log_names_what_failed_and_the_screen_only_its_id(capsys: pytest.CaptureFixture[str]) -> None:
    app = Broken()
    with pytest.raises(LookupError):
        async with app.run_test() as pilot:
            await until(pilot, lambda: app.logged)
    (error_id, error), *_ = app.logged
    assert isinstance(error, LookupError)
    said = "".join(capsys.readouterr())
    assert error_id in said and "程序出错" in said
    assert SECRET not in said
    assert app.return_code == 1
