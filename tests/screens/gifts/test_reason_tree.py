"""The reasons as lines: signs with words, polarity, gaps, age, and never wider than the page."""

import pytest
from rich.cells import cell_len

from branch_console.gift_views import FactLine, NodeView
from branch_console.locale import Language, set_language
from screens.gifts.paper import Line
from screens.gifts.reason_tree import explain_lines, fact_lines, freshness_line, node_lines
from screens.signs import use_ascii
from tests.hostile import HOSTILE
from tests.screens.gifts import sample


def said(lines: tuple[Line, ...]) -> list[str]:
    return ["".join(text for text, _tone in line).rstrip() for line in lines]


def tree(width: int = 76) -> list[str]:
    return said(tuple(node_lines(sample.tree(), width)))


def test_every_condition_has_a_sign_and_a_word_and_stands_under_its_group() -> None:
    lines = tree()
    assert lines[0] == "✗ 不符 以下全部"
    assert lines[1].startswith("  ✓ 符合 活动期内")
    assert lines[2] == "  ✗ 不符 以下之一"
    assert lines[3].startswith("    ✗ 不符 三十天内消费满 500.00 元")
    assert lines[-1].startswith("  ? 未知 全国没有领过")


def test_under_not_what_fails_is_good_news() -> None:
    assert "  ✓ 符合 不是：本行员工或亲属" in tree()


def test_what_is_missing_who_can_change_it_and_how_fresh_it_is() -> None:
    lines = tree()
    assert any("还差 120.00 元 · 客户可以办到 · 中心 14:20" in line for line in lines)
    assert any(line.endswith("还差 4 笔 · 客户可以办到") for line in lines)
    assert any(line.endswith("联网后 · 名单 09:12") for line in lines)


def test_ascii_consoles_tell_good_from_bad_too() -> None:
    use_ascii(True)
    lines = tree()
    assert lines[0].startswith("x 不符") and lines[1].startswith("  + 符合") and lines[-1].startswith("  ? 未知")


def test_rules_that_nobody_was_held_against_have_no_verdict() -> None:
    lines = said(tuple(node_lines(NodeView(None, "以下全部"), 40, judged=False)))
    assert lines == ["· 以下全部"]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [14, 40, 76, 116])
def test_no_line_is_wider_than_the_page(language: Language, width: int) -> None:
    set_language(language)
    deep = sample.tree()
    for _ in range(3):
        deep = NodeView(None, "以下全部 all of", children=(deep,))
    lines = said(tuple(node_lines(deep, width)))
    widest = max(cell_len(line) for line in lines)
    assert widest <= max(width, 8 * 2 + 10 + 12)  # the deepest mark and the narrowest text that is still readable


def test_a_tree_of_any_depth_is_drawn() -> None:
    node = NodeView(True, "末端")
    for _ in range(200):
        node = NodeView(True, "以下全部", children=(node,))
    lines = said(tuple(node_lines(node, 76)))
    assert len(lines) == 201 and "末端" in lines[-1]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_stay_in_their_lines(hostile: str) -> None:
    node = NodeView(False, hostile, hostile, hostile, hostile, (NodeView(True, hostile),))
    lines = said(tuple(node_lines(node, 60)))
    assert all("\n" not in line and "\x1b" not in line and cell_len(line) <= 60 for line in lines)


def test_the_page_names_other_campaigns_facts_and_the_loss_of_an_outage() -> None:
    lines = said(tuple(explain_lines(sample.explained(), 76)))
    assert "· 输给「新年送油」：同组只能领一个。" in lines
    assert any(line.startswith("消费记录") and line.endswith("中心 14:20") for line in lines)
    assert any("领取名单 09:12 过期" in line for line in lines)
    assert lines[-1] == "· 每次断网每台终端最多 3 份，180.00 元。"


def test_no_facts_are_said_to_be_none() -> None:
    assert said(tuple(fact_lines((), 76))) == ["没有这位客户的数据"]
    assert freshness_line(()) == "没有这位客户的数据"


def test_facts_in_one_line_name_the_oldest_of_each_source_and_what_is_too_old() -> None:
    others = [FactLine("积分", "500", "中心", at) for at in ("14:25", "12-05 18:00", "09:00")]
    line = freshness_line((*sample.facts(), *others))
    assert line == "数据：中心 12-05 18:00 · 领取名单 09:12   ▲ 过期：领取过"
