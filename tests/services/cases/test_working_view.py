"""One case as its screen gets it: words for everything in both languages, clocks without the store, nothing private."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from branch_console.case_views.working import CaseView
from branch_console.demo.history import Clock
from branch_console.desk.cases.core import CaseCounter
from branch_console.desk.desk import Desk
from branch_console.locale import LANGUAGES, Language, set_language
from branch_console.rules.staff import Role
from branch_console.services.cases.working import WorkDesk
from branch_console.services.cases.working_lines import difference_lines, entry_lines
from branch_console.services.cases.working_words import CaseWords
from data.connection import Database
from data.store import Store
from tests.desk.cases.slip_help import acted, office_of, registered
from tests.desk.cases.working_help import CONTACT, Board, given
from tests.desk.conftest import desk_store
from tests.rules.cases.case_help import SAMPLES, entry, fold

ZONE = ZoneInfo("Asia/Shanghai")
MSGID = re.compile(r"\b(cases?|entry|mark|case_slip|error)\.[a-z_]+")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = desk_store(tmp_path_factory.mktemp("view"))
    yield made
    made.close()


def desk_at(store: Store, clock: Clock, staff: str = "zhao", role: Role = "case_officer") -> Desk:
    def second_person(staff: str, password: str) -> Role:
        raise AssertionError((staff, password))

    return Desk(store, staff, role, clock, second_person)


def board_at(desk: Desk, folder: Path) -> WorkDesk:
    return Board(office_of(desk, folder))


def clock_of(day: int, month: int = 11) -> Clock:
    return Clock(datetime(2026, month, day, 9, 30, tzinfo=ZONE))


def words_in(value: object) -> Iterator[str]:
    """Every text of a view."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for each in value:
            yield from words_in(each)
    elif isinstance(value, dict):
        yield from words_in(tuple(value.values()))
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield from words_in(getattr(value, each.name))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_type_of_entry_and_every_difference_has_words(store: Store, language: Language) -> None:
    set_language(language)
    words = CaseWords(CaseCounter(desk_at(store, clock_of(23)), online=False))
    entries = [
        entry(number, kind, after=[0] if number else None) for number, kind in enumerate(SAMPLES)
    ]  # all but the first know only of the first: whatever can differ does
    state = fold(entries)
    lines = entry_lines(state, words)
    assert len(lines) == len(SAMPLES)
    assert any(each.both_sides for each in lines) and len(difference_lines(state, words)) > 5
    odd = [each for each in words_in((lines, difference_lines(state, words))) if MSGID.search(each)]
    assert not odd
    set_language("zh")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_has_words(store: Store, tmp_path: Path, language: Language) -> None:
    set_language(language)
    clock = clock_of(23)
    case = registered(desk_at(store, clock), 40 + LANGUAGES.index(language))
    board = board_at(desk_at(store, clock, "liu", "supervisor"), tmp_path)
    acts = [
        each.id for each in board.case(case).acts.values() if not each.why_not and each.id not in {"merged", "redacted"}
    ]
    assert len(acts) > 12
    forms = [board.act_form(case, act) for act in acts]
    assert not [each for each in words_in(forms) if MSGID.search(each)]
    assert not [each for each in words_in(board.case(case)) if MSGID.search(each)]
    set_language("zh")


def test_the_law_s_clock_and_our_own_stand_beside_each_other_and_go_on_without_the_store(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = clock_of(23)
    case = registered(desk_at(store, clock), 50)
    board = board_at(desk_at(store, clock), tmp_path)
    view = board.case(case)
    by_id = {each.id: each for each in view.clocks.lines}
    assert by_id["statutory"].statutory and not by_id["internal"].statutory
    assert (by_id["statutory"].due, by_id["statutory"].left) == ("12-08", "剩 15 天")
    assert view.clocks.promise is not None and view.clocks.promise.state == "normal"

    def never(*_: object) -> None:
        raise AssertionError("the store was asked")

    monkeypatch.setattr(Database, "read", never)
    monkeypatch.setattr(Database, "write", never)
    clock.wait(60 * 60)
    third = board.clocks(view.source).promise
    assert third is not None and (third.state, third.left) == ("normal", "剩 2:00 小时")
    clock.wait(90 * 60)
    later = board.clocks(view.source)
    assert later.promise is not None and (later.promise.state, later.promise.left) == ("soon", "剩 0:30 小时")
    clock.wait(60 * 60)
    over = board.clocks(view.source).promise
    assert over is not None and (over.state, over.left) == ("overdue", "超 0:30 小时")


def test_a_promise_and_its_clock_say_the_same_and_nothing_overdue_has_time_left(store: Store, tmp_path: Path) -> None:
    clock = clock_of(24)
    case = registered(desk_at(store, clock), 52)
    board = board_at(desk_at(store, clock), tmp_path)
    source = board.case(case).source
    clock.wait(60 * 60 + 20)  # within a minute
    view = board.clocks(source)
    promised = next(each for each in view.lines if each.promised)
    assert view.promise is not None and view.promise.left == promised.left == "剩 2:00 小时"
    first = next(each for each in view.lines if each.id == "first")
    assert first.left.startswith("剩")
    clock.wait(33 * 60 * 60)  # the next evening, closed since it was due: no working time has passed
    late = next(each for each in board.clocks(source).lines if each.id == "first")
    assert (late.state, late.left) == ("overdue", "超 0:00 工作时")


def test_a_year_that_nobody_has_published_is_said(store: Store, tmp_path: Path) -> None:
    clock = clock_of(28, 12)
    case = registered(desk_at(store, clock), 51)
    said = board_at(desk_at(store, clock), tmp_path).case(case).clocks
    assert "2027" in said.estimated
    internal = next(each for each in said.lines if each.id == "internal")
    assert any("估算" in each for each in internal.notes)


def test_who_is_complained_about_stands_on_no_timeline(store: Store, tmp_path: Path) -> None:
    desk = desk_at(store, clock_of(23))
    case = registered(desk, 52)
    acted(desk, case, "case.staff_named", {"staff": "li", "why": "complained_about"})
    view = board_at(desk, tmp_path).case(case)
    line = next(each for each in view.entries if each.label == "登记利害关系人" or "利害" in each.label)
    assert not [each for each in words_in(line) if each.lower() in {"li"}]


def test_nothing_in_a_view_is_a_key_or_a_whole_number(store: Store, tmp_path: Path) -> None:
    desk = desk_at(store, clock_of(23))
    case = registered(desk, 53)
    board = board_at(desk, tmp_path)
    board.act(board.act_form(case, "contact_in"), given(**{**CONTACT, "text": "另一部手机 13800138000"}), "", "")
    view: CaseView = board.case(case)
    everything = " ".join(words_in(view))
    assert "k1:138" not in everything and "13800138000" not in everything and "****8000" in everything
