"""The screen of one case: both clocks and the next promise in sight at 80 columns, a reason behind every grey key."""

from dataclasses import replace

import pytest
from textual.screen import ModalScreen
from textual.widgets import Input

from branch_console.case_views.working import ActLine, Done, TargetLine
from branch_console.locale import LANGUAGES, Language, set_language, t
from branch_console.rules.errors import RuleError
from screens.cases.view.act_screen import ActScreen
from screens.cases.view.case_screen import CaseScreen
from screens.cases.view.entry_rows import columns
from screens.cases.view.entry_screen import EntryScreen
from screens.cases.view.merge_screen import MergeScreen
from screens.cases.view.more_screen import MoreScreen
from screens.commands import rank
from screens.onboarding.pick_dialog import PickDialog
from screens.text import fit
from screens.widgets.row_list import RowList
from tests.hostile import FORBIDDEN, HOSTILE
from tests.screens.cases.case_desk import (
    NUMBER,
    TEXT,
    CaseHost,
    FakeCaseDesk,
    clocks,
    differing,
    entry,
    on_top,
    view,
)
from tests.screens.driving import on_screen, text, until

NARROW, WIDE = (80, 24), (120, 40)


def shown(app: CaseHost) -> bool:
    """The case is read and drawn."""
    return on_top(app, CaseScreen) and "TS-" in text(app)


@pytest.mark.parametrize("size", [NARROW, WIDE])
@on_screen
async def test_both_clocks_and_the_next_promise_are_in_sight_with_sign_and_word(size: tuple[int, int]) -> None:
    app = CaseHost(FakeCaseDesk(), CaseScreen("case/1"))
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: shown(app))
        seen = text(app)
        for each in (
            NUMBER, "投诉", "处理中", "张*丰", "138****8000", "法定", "法定办结", "12-07", "剩 15 天", "内控",
            "进展告知", "! 将到期", "下一次承诺", "‼ 已超时", "10:30 电话 王芳", "监管转办", "联系客户", "客户称同一笔",
            "F10 全部", "r 去电", "p 回执",
        ):  # fmt: skip
            assert each in seen, each
        if size == WIDE:
            assert "同一笔早餐被扣了两次" in seen and "⏸ 暂停" in seen
        else:
            assert "另 1 项（v）" in seen


@on_screen
async def test_what_a_narrow_console_has_no_room_for_is_one_key_away() -> None:
    app = CaseHost(FakeCaseDesk(), CaseScreen("case/1"))
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: shown(app))
        await pilot.press("v")
        await until(pilot, lambda: on_top(app, MoreScreen) and "⏸ 暂停" in text(app))
        assert "内控办结" in text(app) and "客户所述" in text(app)
        await pilot.press("escape")
        await until(pilot, lambda: on_top(app, CaseScreen))


@on_screen
async def test_what_two_sides_did_at_once_is_said_in_words() -> None:
    app = CaseHost(FakeCaseDesk(shown=differing), CaseScreen("case/1"))
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: shown(app))
        seen = text(app)
        assert "【两端同时修改】" in seen and "互不知晓" in seen
        assert "两端同时修改 1 处" in seen.replace("  ", " ")
        assert "以“王芳”为准" in "".join(seen.split()) and "李强" in seen


@on_screen
async def test_a_grey_key_says_why_and_opens_nothing() -> None:
    refused = {**view().acts, "decided": ActLine("decided", "决定", "两端修改须先核对")}
    desk = FakeCaseDesk(shown=lambda: view(acts=refused))
    app = CaseHost(desk, CaseScreen("case/1"))
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        await until(pilot, lambda: shown(app))
        await pilot.press("d")
        await until(pilot, lambda: "两端修改须先核对" in text(app))
        assert on_top(app, CaseScreen) and not desk.named("act_form")
        await pilot.press("f10")
        await until(pilot, lambda: on_top(app, PickDialog))
        assert "两端修改须先核对" in text(app)


@on_screen
async def test_every_letter_opens_its_act() -> None:
    keys = {"r": "contact_out", "i": "contact_in", "n": "noted", "e": "escalated", "x": "extended", "d": "decided"}
    desk = FakeCaseDesk()
    app = CaseHost(desk, CaseScreen("case/1"))
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: shown(app))
        for key in keys:
            await pilot.press(key)
            await until(pilot, lambda: on_top(app, ActScreen))
            await pilot.press("escape")
            await until(pilot, lambda: on_top(app, CaseScreen))
    assert [each[2] for each in desk.named("act_form")] == list(keys.values())


@on_screen
async def test_every_act_is_in_the_palette_and_found_by_its_initials() -> None:
    app = CaseHost(FakeCaseDesk(), CaseScreen("case/1"))
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: shown(app))
        screen = app.screen
        assert isinstance(screen, CaseScreen)
        found = {each.msgid: each for each in screen.commands()}
        assert "cases.act.retyped" in found and "cases.act.redacted" not in found
        assert rank(found["cases.act.retyped"], "ggzl") == 0
        assert rank(found["cases.act.contact_out"], "lxkh") == 0 and found["cases.act.contact_out"].key == "r"


@on_screen
async def test_the_clocks_go_on_every_minute_without_reading_the_case_again() -> None:
    desk = FakeCaseDesk(later=clocks(lines=(), promise=None))
    app = CaseHost(desk, CaseScreen("case/1"))
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: shown(app))
        screen = app.screen
        assert isinstance(screen, CaseScreen)
        screen.tick()
        await until(pilot, lambda: t("cases.promise.none") in text(app))
        assert len(desk.named("case")) == 1 and len(desk.named("clocks")) == 1


@on_screen
async def test_an_unknown_year_is_said_and_not_guessed() -> None:
    words = "2027 年节假日安排尚未公布"
    app = CaseHost(FakeCaseDesk(shown=lambda: view(clocks=clocks(estimated=words))), CaseScreen("case/1"))
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: shown(app))
        assert words in text(app)


@on_screen
async def test_an_entry_opens_in_full_and_only_a_supervisor_takes_text_out() -> None:
    refused = {**view().acts, "redacted": ActLine("redacted", "删去", "须主管")}
    desk = FakeCaseDesk(shown=lambda: view(acts=refused))
    app = CaseHost(desk, CaseScreen("case/1"))
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        await until(pilot, lambda: shown(app))
        await pilot.press("down", "enter")
        await until(pilot, lambda: on_top(app, EntryScreen) and TEXT[:10] in text(app))
        await pilot.press("delete")
        await until(pilot, lambda: "须主管" in text(app))
        assert not desk.named("act_form")


@on_screen
async def test_a_merged_case_says_where_it_went_and_leads_there() -> None:
    gone = view(goes_on="case/2", goes_on_number="TS-SZ01-7F3A-261122-0002-69", status_label="已并案")
    desk = FakeCaseDesk(shown=lambda: gone)
    app = CaseHost(desk, CaseScreen("case/1"))
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: shown(app))
        assert "已并入 TS-SZ01-7F3A-261122-0002-69" in text(app)
        await pilot.press("g")
        await until(pilot, lambda: desk.named("case")[-1] == ("case", "case/2"))


@on_screen
async def test_merging_is_searched_for_and_a_target_that_cannot_be_says_why() -> None:
    other = TargetLine("case/2", "TS-SZ01-7F3A-261122-0002-69", "投诉", "重复扣款", "张*丰", "09:10", "处理中", True)
    ended = replace(other, subject="case/3", number="TS-SZ01-7F3A-261122-0003-66", why_not="目标工单已结束")
    desk = FakeCaseDesk(targets=(ended, other))
    app = CaseHost(desk, CaseScreen("case/1"))
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        await until(pilot, lambda: shown(app))
        await pilot.press("m")
        await until(pilot, lambda: on_top(app, MergeScreen) and app.screen.query_one(RowList).total == 2)
        await pilot.press("down", "enter")
        await until(pilot, lambda: "目标工单已结束" in text(app))
        assert not desk.named("act_form")
        app.screen.query_one(Input).value = "0002"
        await until(pilot, lambda: app.screen.query_one(RowList).total == 1)
        await pilot.press("enter")
        await until(pilot, lambda: on_top(app, ActScreen))
    assert desk.named("act_form") == [("act_form", "case/1", "merged", "case/2")]


class Rated(ModalScreen[int]):
    """In the place of the rating, which has tests of its own."""

    def __init__(self, about: str) -> None:
        super().__init__()
        self.about = about


@on_screen
async def test_after_closing_the_customer_is_asked_for_a_rating(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("screens.cases.view.case_acts.RatingDialog", Rated)
    desk = FakeCaseDesk(done=Done("case/1", "closed", rate=True))
    app = CaseHost(desk, CaseScreen("case/1"))
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: shown(app))
        await pilot.press("r")
        await until(pilot, lambda: on_top(app, ActScreen))
        app.screen.dismiss(desk.done)
        await until(pilot, lambda: isinstance(app.screen, Rated))
        assert isinstance(app.screen, Rated) and app.screen.about == "case/1"


@pytest.mark.parametrize(("language", "size", "first"), [("zh", NARROW, 0), ("en", WIDE, 1)])
@on_screen
async def test_no_text_steers_the_screen_or_pushes_the_clocks_out_of_sight(
    language: Language, size: tuple[int, int], first: int
) -> None:
    set_language(language)
    desk = FakeCaseDesk()
    app = CaseHost(desk, CaseScreen("case/1"), language=language)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: shown(app))
        screen = app.screen
        assert isinstance(screen, CaseScreen)
        for number, hostile in enumerate(HOSTILE[first::2]):
            made = entry(number, text=hostile, who=hostile, label=hostile, terminal=hostile, marks=(hostile,),
                         unsettled=True, details=((hostile, hostile),))  # fmt: skip
            screen._arrived(
                view(
                    entries=(made,), name=hostile, phone=hostile, owner=hostile, category=hostile, narrative=hostile,
                    facts=((hostile, hostile),), flags=(hostile,),
                )
            )  # fmt: skip
            await pilot.pause()
            seen = text(app)
            assert not FORBIDDEN & set(seen)
            for each in (NUMBER, "12-07", "10:30", "F10"):
                assert each in seen, (hostile, each)


@on_screen
async def test_a_long_timeline_draws_only_what_is_in_sight() -> None:
    many = tuple(entry(number, text=f"第 {number} 次联系") for number in range(3000))
    app = CaseHost(FakeCaseDesk(shown=lambda: view(entries=many)), CaseScreen("case/1"))
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: shown(app))
        timeline = app.screen.query_one("#timeline", RowList)
        assert timeline.total == 3000 and len(timeline._strips) < 60
        await pilot.press("end")
        await until(pilot, lambda: "第 2999 次联系" in text(app))


@on_screen
async def test_a_refusal_while_reading_is_said() -> None:
    desk = FakeCaseDesk(error=RuleError("case_unknown"))
    app = CaseHost(desk, CaseScreen("case/1"))
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: app.errors)
        assert t("error.case_unknown") in text(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_asked_and_what_failed_are_told_apart_in_the_timeline(language: Language) -> None:
    set_language(language)
    try:
        width = next(each.width for each in columns() if each.title == t("cases.column.what"))
        shown = {
            fit(t(f"entry.case.containment_{each}"), width or 0)
            for each in ("requested", "failed", "expired", "confirmed")
        }
    finally:
        set_language("zh")
    assert len(shown) == 4
