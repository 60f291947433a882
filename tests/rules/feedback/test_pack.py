"""The pack of a meeting: typical quotes, masked; counts that say what they rest on; what was promised and done."""

import random
from dataclasses import fields, replace
from datetime import date, timedelta

from branch_console.rules.feedback.pack import TOPICS, Action, Idea, Means, Pack, Rated, meeting_pack
from branch_console.rules.feedback.quotes import quotes
from branch_console.rules.feedback.topics import Feedback
from branch_console.rules.feedback.words import plain
from tests.rules.feedback.help import LABELLED, LEXICON, WEEK, said, weeks_before
from tests.rules.narrative.help import PATTERNS

MEANS = Means(LEXICON, plain(LEXICON.terms), PATTERNS)


def pack(now: list[str], **changes: object) -> Pack:
    return meeting_pack(WEEK, said(now), MEANS, **changes)  # type: ignore[arg-type]


def test_quotes_are_the_most_typical_and_not_the_same_words_again() -> None:
    texts = [
        "排队等了一个小时才轮到",
        "排队等了一个小时还没轮到我",
        "排队等了一个小时还没轮到我！",
        "排队等了半个小时没轮到",
        "门口叫号",
    ]
    chosen = quotes(said(texts), PATTERNS)
    assert chosen[0].text == "排队等了一个小时还没轮到我"
    assert "排队等了一个小时还没轮到我！" not in {each.text for each in chosen}
    assert "门口叫号" not in {each.text for each in chosen}
    assert len(chosen) == 3
    assert quotes([], PATTERNS) == ()


def test_quotes_do_not_depend_on_the_order_in_which_texts_are_given() -> None:
    members = said([f"排队等了{number}分钟，{'态度不好' * (number % 3)}" for number in range(250)])
    shuffled = random.Random(4).sample(members, len(members))
    assert quotes(shuffled, PATTERNS) == quotes(members, PATTERNS)


def test_no_number_of_a_person_reaches_the_meeting() -> None:
    text = "重复扣款，卡6212345678901265，电话13812345678，谢谢"
    idea = Idea("case/1", "请回电13812345678", WEEK.first, "已回电13812345678", WEEK.last)
    found = pack([text, "没人扫13812345678"], ideas=[idea])
    for shown in (repr(found), str(found.topics[0].quotes)):
        assert "1381234" not in shown
        assert "621234" not in shown
    assert found.topics[0].quotes[0].text == "重复扣款，卡****1265，电话****5678，谢谢"
    assert found.uncovered[0].text == "没人扫****5678"
    assert found.you_said_we_did[0].did == "已回电****5678"


def test_the_topics_with_their_quotes_and_those_that_have_no_room() -> None:
    found = pack([text for text, _ in LABELLED])
    assert len(found.topics) == TOPICS
    assert found.more_topics
    counted = [each.counted.now for each in found.topics] + [each.now for each in found.more_topics]
    assert counted == sorted(counted, reverse=True)
    assert all(1 <= len(each.quotes) <= 3 for each in found.topics)
    assert found.coverage.uncovered == 3
    assert len(found.uncovered) == 3
    assert found.lexicon_version == LEXICON.version


def test_a_topic_that_went_to_nothing_is_shown_without_quotes() -> None:
    found = meeting_pack(WEEK, said(["空调太冷"], weeks_before(1)), MEANS)
    assert [(each.counted.topic, each.counted.change, each.quotes) for each in found.topics] == [("place", -1, ())]


def test_what_is_new_stands_with_texts_that_say_it_and_with_what_it_is_compared_to() -> None:
    before = [
        each for week in range(1, 9) for each in said([text for text, _ in LABELLED], weeks_before(week), week * 100)
    ]
    old = said(["碰一碰没反应"], weeks_before(9), 9000)
    now = said(
        [text for text, _ in LABELLED] + [f"碰一碰没反应，在{place}" for place in ("东门", "西门", "地铁", "食堂")]
    )
    found = meeting_pack(WEEK, [*old, *before, *now], MEANS)
    assert found.compared == 8 * len(LABELLED)
    first = found.new[0]
    assert (first.word.word, first.word.now, first.word.before) == ("碰一碰", 4, 0)
    assert all("碰一碰" in each.text for each in first.quotes)
    assert not any(each.word.word == "扣款" for each in found.new)
    assert meeting_pack(WEEK, now, MEANS).new == (), "without earlier weeks nothing is called new"


def test_the_ratings_of_both_periods() -> None:
    found = pack([], rated=Rated([5] * 9 + [2], 30), rated_before=Rated([4, 4], 20))
    assert found.rated.satisfied_share is not None
    assert found.rated.satisfied_share.share == 0.9
    assert (found.rated_before.n, found.rated_before.satisfied_share) == (2, None)
    assert (pack([]).rated.n, pack([]).rated.response_rate) == (0, None)


def test_you_said_we_did_and_what_is_under_way() -> None:
    done = Idea("case/done", "门口放伞", weeks_before(5), "放了二十把伞", WEEK.first, 3)
    ideas = [
        done,
        replace(done, case="case/long_ago", done_on=WEEK.first - timedelta(1)),
        replace(done, case="case/way", done_on=None, did=""),
        replace(done, case="case/done_later", done_on=WEEK.last + timedelta(1)),
        replace(done, case="case/adopted_later", adopted_on=WEEK.last + timedelta(1), done_on=None),
    ]
    found = pack([], ideas=ideas)
    assert [each.case for each in found.you_said_we_did] == ["case/done"]
    assert found.you_said_we_did[0] == done
    assert [each.case for each in found.ideas_under_way] == ["case/way", "case/done_later"]


def test_actions_of_meetings_stand_as_they_were_on_the_last_day() -> None:
    def action(name: str, due: date | None, done_on: date | None = None) -> Action:
        return Action(name, "贴新的排队说明", "王芳", due, done_on)

    actions = [
        action("done", WEEK.first, WEEK.last),
        action("done_before", WEEK.first, WEEK.first - timedelta(1)),
        action("open_undated", None),
        action("open", WEEK.last + timedelta(1)),
        action("overdue", WEEK.last),
        action("overdue_older", WEEK.first, WEEK.last + timedelta(2)),
    ]
    lines = pack([], actions=actions).actions
    assert [(each.action.id, each.status) for each in lines] == [
        ("overdue_older", "overdue"),
        ("overdue", "overdue"),
        ("open", "open"),
        ("open_undated", "open"),
        ("done", "done"),
    ]
    assert all(each.action.owner for each in lines)


def test_an_empty_period_is_a_pack_too_and_there_is_no_score_of_moods() -> None:
    found = pack(["", " "])
    assert (found.topics, found.new, found.uncovered, found.coverage.uncovered_share) == ((), (), (), None)
    assert not [each.name for each in fields(Pack) if "sentiment" in each.name or "mood" in each.name]


def test_the_order_of_what_was_said_makes_no_difference() -> None:
    now = said([text for text, _ in LABELLED])
    before = said([text for text, _ in LABELLED[:20]], weeks_before(1), 500)
    everything = [*now, *before]
    shuffled: list[Feedback] = random.Random(2).sample(everything, len(everything))
    assert meeting_pack(WEEK, shuffled, MEANS) == meeting_pack(WEEK, everything, MEANS)
