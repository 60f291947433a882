"""Every figure has its label and definition in both languages, and no view shows the name of a message."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest

from branch_console.figure_views.board import SECTIONS
from branch_console.figure_views.tables import Drill
from branch_console.locale import LANGUAGES, Language, catalogue_path, set_language, t
from branch_console.rules.statistics.anomalies import SIGNS
from branch_console.rules.statistics.figures import meanings
from branch_console.rules.statistics.signals import CODES
from branch_console.services.figures.definitions import definition, label, phrase_id
from tests.rules.statistics.day_branch import NOW
from tests.services.figures.board_help import Stand, drills, stand

MSGID = re.compile(r"\b(figures?|meaning|signal|gift|target)\.[a-z_]+[a-z]")
CHINESE = re.compile(r"[一-鿿]")
SOURCES = "来源分录", "Entries"


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    made = stand(tmp_path_factory.mktemp("words"), 3, 7)
    yield made
    made.store.close()


def words_in(value: object) -> Iterator[str]:
    """Every text of a view but ids, keys and sources, which are names."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        if not (value and value[0] in SOURCES):
            for each in value:
                yield from words_in(each)
    elif is_dataclass(value) and not isinstance(value, type):
        names = {"id", "key", "figure", "group", "member", "drill", "figures", "subject", "plotted"}
        for each in fields(value):
            if each.name not in names:
                yield from words_in(getattr(value, each.name))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_has_words(language: Language) -> None:
    set_language(language)
    for figure, meaning in meanings().items():
        assert not MSGID.search(label(figure))
        assert len(definition(figure)) >= 5
        for phrase in "; ".join((meaning.numerator, meaning.denominator, meaning.day, meaning.excluded)).split("; "):
            if phrase != "–":
                said = t(phrase_id(phrase))
                assert said != phrase_id(phrase), phrase
                assert bool(CHINESE.search(said)) == (language == "zh"), phrase


def test_english_definitions_are_those_of_the_rules() -> None:
    set_language("en")
    for meaning in meanings().values():
        for phrase in meaning.excluded.split("; "):
            assert t(phrase_id(phrase)) == phrase


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_view_shows_a_message_by_its_name(full: Stand, language: Language) -> None:
    set_language(language)
    board, day = full.board(), NOW.date()
    for section in SECTIONS:
        view = board.board(day, section)
        found: list[object] = [view]
        for number, (drill, _, _) in enumerate(drills(view)):
            if number % 3 == 0:
                found += [board.rows(drill, day), board.detail(drill.figure, drill.group, drill.member, day)]
        odd = {text for each in found for text in words_in(each) if MSGID.search(text)}
        assert not odd, section


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sign_and_signal_has_words(language: Language) -> None:
    set_language(language)
    for msgid in (*(f"figures.sign.{each}" for each in SIGNS), *(f"signal.{each}" for each in CODES)):
        assert t(msgid) != msgid


def test_a_suggested_drill_that_is_no_series_says_why(full: Stand) -> None:
    set_language("zh")
    detail = full.board().detail("cases.open", "age", ">15", NOW.date())
    assert detail.days is None and detail.why_no_chart == "这个数字没有按日的序列"
    assert full.board().detail(*("journeys.waiting", "", ""), NOW.date()).drill == Drill("journeys.waiting")


def test_no_phrase_is_kept_that_no_definition_says() -> None:
    said = {
        phrase_id(phrase)
        for meaning in meanings().values()
        for text in (meaning.numerator, meaning.denominator, meaning.day, meaning.excluded)
        for phrase in text.split("; ")
    }
    for language in LANGUAGES:
        kept = set(re.findall(r'msgid "(meaning\.[^"]+)"', catalogue_path(language).read_text(encoding="utf-8")))
        assert kept <= said
