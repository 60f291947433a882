"""Topics by words: made lines in both languages, what is under none is said, and the lexicon can grow."""

from datetime import timedelta

import pytest

from branch_console.rules.documents import ReferenceFormatError, read_document
from branch_console.rules.feedback.lexicon import Lexicon, Topic
from branch_console.rules.feedback.topics import Feedback, Period, TopicCount, by_topic
from tests.rules.feedback.help import FILE, LABELLED, LEXICON, WEEK, said, weeks_before


@pytest.mark.parametrize(("text", "topics"), LABELLED)
def test_labelled_lines(text: str, topics: set[str]) -> None:
    assert topics <= set(LEXICON.topics_of(text)) if topics else not LEXICON.topics_of(text)


def test_a_line_seldom_gets_topics_that_it_is_not_about() -> None:
    extra = [(text, set(LEXICON.topics_of(text)) - topics) for text, topics in LABELLED]
    wrong = [each for each in extra if each[1]]
    assert len(wrong) <= 0.1 * len(LABELLED), wrong


@pytest.mark.parametrize("topic", LEXICON.topics, ids=lambda each: each.id)
def test_every_word_of_a_topic_leads_to_it(topic: Topic) -> None:
    for word in [*topic.zh, *(each.rstrip("*") for each in topic.en)]:
        assert topic.id in LEXICON.topics_of(f"x {word} x"), word
        assert topic.id in LEXICON.topics_of(f"x {word.upper()} x"), word
    assert LEXICON.label(topic.id) == topic.label


def test_english_words_are_whole_words_and_chinese_ones_stand_anywhere() -> None:
    assert "fees" not in LEXICON.topics_of("I drank coffee and feel fine")
    assert "fees" in LEXICON.topics_of("What fee?Why")
    assert "fees" in LEXICON.topics_of("扣了fee两块")
    assert "gifts" in LEXICON.topics_of("我的ＧＩＦＴ呢")
    assert "limits" not in LEXICON.topics_of("unlimited patience")


def test_a_word_that_says_something_else_there_does_not_count() -> None:
    assert "thanks" in LEXICON.topics_of("很热情")
    assert "thanks" not in LEXICON.topics_of("一点也不热情")
    assert "thanks" in LEXICON.topics_of("门口的不热情，柜台的很热情")


def test_supervisors_add_words_and_the_document_stays_as_it_was() -> None:
    grown = LEXICON.with_words({"place": ["拐杖", "Walking Stick", "空调"], "no_such_topic": ["x"]})
    assert "place" in grown.topics_of("建议门口放一把公用拐杖")
    assert "place" in grown.topics_of("a walking stick at the door")
    assert LEXICON.topics_of("建议门口放一把公用拐杖") == ()
    place = next(each for each in grown.topics if each.id == "place")
    assert place.zh.count("空调") == 1
    assert grown.version == LEXICON.version


def test_counts_uncovered_share_and_texts_under_several_topics() -> None:
    now = said(["重复扣款，要求退款", "多扣了我一笔", "门口没人扫", "  ", "the queue was long"])
    before = said(["扣了两次", "空调太冷", "空调坏了"], weeks_before(1), first=100)
    long_ago = said(["空调坏了"], weeks_before(3), first=200)
    found = by_topic([*long_ago, *before, *now], WEEK, LEXICON)
    assert found.counts == (
        TopicCount("charged_twice", 2, 1),
        TopicCount("refund", 1, 0),
        TopicCount("waiting", 1, 0),
        TopicCount("place", 0, 2),
    )
    assert [each.change for each in found.counts] == [1, 1, 1, -2]
    assert (found.coverage.texts, found.coverage.covered, found.coverage.several) == (4, 3, 1)
    assert (found.coverage.uncovered, found.coverage.uncovered_share) == (1, 0.25)
    assert [each.text for each in found.uncovered] == ["门口没人扫"]
    assert by_topic([], WEEK, LEXICON).coverage.uncovered_share is None


def test_a_topic_chosen_by_a_person_counts_once_and_an_unknown_one_not() -> None:
    one = Feedback("a", WEEK.first, "要求退款", ("place", "refund", "gone_with_version_1"))
    assert by_topic([one], WEEK, LEXICON).counts == (TopicCount("refund", 1, 0), TopicCount("place", 1, 0))


def test_the_period_before_is_as_long_and_ends_the_day_before() -> None:
    assert WEEK.before() == Period(WEEK.first - timedelta(7), WEEK.first - timedelta(1))
    day = Period(WEEK.first, WEEK.first)
    assert day.before() == Period(WEEK.first - timedelta(1), WEEK.first - timedelta(1))
    assert WEEK.first in WEEK and WEEK.last in WEEK
    assert WEEK.first - timedelta(1) in WEEK.earlier(8)
    assert WEEK.first - timedelta(56) in WEEK.earlier(8)
    assert WEEK.first not in WEEK.earlier(8)
    assert WEEK.first - timedelta(57) not in WEEK.earlier(8)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('id = "refund"', 'id = "waiting"', "stands twice"),
        ('zh = ["退款", ', 'zh = ["退款", "退款", ', "stands twice"),
        ('en = ["refund*"', 'en = ["Refund*"', "en"),
        ('zh = ["退款", ', 'zh = ["ＡＢ", ', "not narrow"),
        ('zh = ["手续费", "收费", "年费", "服务费", "工本费"]', "zh = []", "both languages"),
    ],
)
def test_a_wrong_lexicon_is_refused(old: str, new: str, problem: str) -> None:
    text = FILE.read_text("utf-8")
    assert old in text
    with pytest.raises(ReferenceFormatError, match=problem):
        read_document(Lexicon, FILE.name, text.replace(old, new, 1))
