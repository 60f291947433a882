"""The list at the end of a shift: what nobody keeps is marked, and one key gives it to somebody."""

from branch_console.case_views.queue import NotHanded
from screens.cases.queue.shift_end_screen import ShiftEndScreen
from screens.onboarding.pick_dialog import PickDialog
from tests.screens.cases.queue_desk import PROMISES, ZHAO, Host, QueueDesk
from tests.screens.driving import SIZE, lines, on_screen, text, until


def said(app: Host) -> str:
    """What short messages say."""
    return "\n".join(each.message for each in app._notifications)


FIRST, SECOND, THIRD = (each.key for each in PROMISES)


@on_screen
async def test_what_nobody_keeps_goes_to_a_colleague_in_one_key() -> None:
    desk = QueueDesk()
    app = Host(desk, ShiftEndScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "3 项，其中 2 项无人负责" in text(app))
        await app.workers.wait_for_complete()
        assert sum("✓" in row for row in lines(app)) == 2
        await pilot.press("ctrl+g")
        await until(pilot, lambda: isinstance(app.screen, PickDialog) and app.focused is not None)
        assert "赵敏" in text(app) and "周审" not in text(app)
        await pilot.press("enter")
        await until(pilot, lambda: "可以交班" in text(app))
        assert desk.named("hand_over") == [("hand_over", (FIRST, THIRD), ZHAO.id, "")]


@on_screen
async def test_marks_are_set_and_taken_away_and_stay_so() -> None:
    desk = QueueDesk(refused=(NotHanded("TS-1", "赵敏与该事项有利害关系"),))
    app = Host(desk, ShiftEndScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "无人负责" in text(app))
        await app.workers.wait_for_complete()
        await pilot.press("space", "space")
        app.screen.heard()  # type: ignore[attr-defined]
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("g")
        await until(pilot, lambda: isinstance(app.screen, PickDialog) and app.focused is not None)
        await pilot.press("enter")
        await until(pilot, lambda: "赵敏与该事项有利害关系" in said(app))
        assert desk.named("hand_over")[0][1] == (SECOND, THIRD)


@on_screen
async def test_who_may_not_hand_over_is_told_why() -> None:
    desk = QueueDesk()
    app = Host(desk, ShiftEndScreen(), role="guide")
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "无人负责" in text(app))
        await pilot.press("ctrl+g")
        await until(pilot, lambda: "须由工单专员或主管" in said(app))
        assert not desk.named("hand_over")


@on_screen
async def test_without_promises_the_shift_can_end() -> None:
    app = Host(QueueDesk(promises=()), ShiftEndScreen(), language="en")
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "the shift can end" in text(app))
