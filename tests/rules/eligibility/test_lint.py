"""The lint names line, key and code of everything that is wrong with a campaign file; a good file has no finding.

Each bad file is the good one with one thing changed.
"""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from branch_console import campaign_words
from branch_console.locale import LANGUAGES, Language, known, set_language
from branch_console.rules.eligibility import lint as lint_module
from branch_console.rules.eligibility import lint_schema
from branch_console.rules.eligibility.campaign import Campaign, read_campaign
from branch_console.rules.eligibility.forbidden import resolves_to_balance
from branch_console.rules.eligibility.items import ItemTable
from branch_console.rules.eligibility.lint import Problem, errors, lint
from branch_console.rules.eligibility.relaxing import Doubt
from tests.rules.eligibility.lint_cases import AGE, BAD, FILE, GIFT, GOOD, INSIDER, STOCK, WARNINGS, YOUNG
from tests.rules.flow_help import reference


@cache
def items() -> ItemTable:
    found = reference().items
    assert found is not None
    return found


def check(text: str, file: str = FILE, *others: Campaign) -> list[Problem]:
    return lint(text, file, items=items(), others=others)


def other(old: str = "", new: str = "", name: str = "winter") -> Campaign:
    return read_campaign("", GOOD.replace('id = "autumn"', f'id = "{name}"').replace(old, new) if old else GOOD)


def test_a_good_file_has_no_finding() -> None:
    assert check(GOOD) == []
    assert check(GOOD.replace("\n", "\r\n")) == []


def test_there_are_enough_bad_files() -> None:
    assert len(BAD) >= 40
    assert len({code for *_, code in BAD}) >= 40


@pytest.mark.parametrize(("old", "new", "place", "key", "code"), BAD, ids=[f"{n}-{c[4]}" for n, c in enumerate(BAD)])
def test_a_bad_file(old: str, new: str, place: str, key: str, code: str) -> None:
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    found = check(text)
    match = [each for each in found if (each.key, each.code) == (key, code)]
    assert len(match) == 1, found
    assert match[0].severity == ("warning" if code in WARNINGS else "error")
    assert match[0].line in lines(text, place, key), (match, lines(text, place, key))


def lines(text: str, place: str, key: str) -> set[int]:
    """The line of the text that is named; of a table in an array, the line of its header."""
    at = {text.count("\n", 0, found.start()) + 1 for found in re.finditer(re.escape(place), text)}
    return at if not key or not re.fullmatch(r"rule(\.of\.\d+)+", key) else at | {header(text, line) for line in at}


def header(text: str, line: int) -> int:
    before = text.splitlines()[:line]
    return max(number for number, each in enumerate(before, 1) if each.startswith("["))


def test_all_errors_of_a_file_at_once_in_order() -> None:
    text = (
        GOOD.replace("version = 1", "version = 0")
        .replace('attr = "province"', 'attr = "shoe"')
        .replace("cap = 1", "cap = 0")
    )
    assert [(each.key, each.code) for each in check(text)] == [
        ("version", "too_small"),
        ("rule.of.0.cap", "too_small"),
        ("rule.of.4.attr", "not_one_of"),
    ]


def test_a_forbidden_fact_says_why() -> None:
    (found,) = check(GOOD.replace("province", "balance"))
    assert all(part in str(found.params["why"]) for part in ("Notice 48/2018", "Art. 47", "2026-01-01"))


@pytest.mark.parametrize(
    "name",
    [
        "balance",
        "wallet_balance",
        "walletBalance",
        "BALANCE.avg",
        "min-balance",
        "ba_lance",
        "topup",
        "top_up",
        "top-up",
        "TopUp",
        "total topped up",
        "deposit",
        "deposits.30d",
        "time_deposit",
        "recharge_fen",
        "savings",
        "aum",
        "AUM.month",
        "avg_aum",
        "余额",
        "钱包余额",
        "存款",
        "充值",
        "chongzhi",
        "cun_kuan",
        "yue",
        "ｂａｌａｎｃｅ",
        "stock.balance",
        "bálance",
        "monthly_inflow",
        "transfer_in",
        "assets_over_50k",
        "资产5万以上",
        "零钱",
        "转入",
        "日均",
    ],
)
def test_names_that_mean_a_deposit(name: str) -> None:
    assert resolves_to_balance(name)


@pytest.mark.parametrize(
    "name",
    [
        "province",
        "payments",
        "spend_in_window",
        "claims.person",
        "claims.household",
        "budget_left.x",
        "points",
        "kyc",
        "stock.OIL-5L",
        "consent.marketing",
        "velocity.staff.day",
        "app_version",
        "born",
        "quantity_left.a",
        "stop_update",
        "global",
        "downloading",
        "year",
        "monthly",
        "open_hold",
        "risk",
        "referrals",
        "suggestions_accepted",
    ],
)
def test_names_that_do_not(name: str) -> None:
    assert not resolves_to_balance(name)


@pytest.mark.parametrize(
    ("mine", "theirs", "key", "code"),
    [
        ("", ("to = 2026-11-30", "to = 2026-12-30"), "priority", "group_overlap"),
        ("", ("priority = 10", "priority = 11"), "group", "group_shadowed"),
        ("", ("max_per_group = 1", "max_per_group = 2"), "max_per_group", "group_maximum"),
        ('combinable_with = ["spring"]', ("priority = 10", "priority = 9"), "combinable_with.0", "combinable_unknown"),
        (
            'combinable_with = ["winter"]',
            ('group = "autumn"', 'group = "x"'),
            "combinable_with.0",
            "combinable_other_group",
        ),
        (
            'combinable_with = ["winter"]',
            ("priority = 10", 'combinable_with = ["q"]'),
            "combinable_with.0",
            "combinable_one_way",
        ),
    ],
)
def test_among_others(mine: str, theirs: tuple[str, str], key: str, code: str) -> None:
    text = GOOD.replace("priority = 10", f"priority = 10\n{mine}")
    found = check(text, FILE, other(*theirs))
    assert (key, code) in {(each.key, each.code) for each in found}, found


@pytest.mark.parametrize(
    "theirs",
    [
        ("2026-11-30", "2026-11-01"),
        ('group = "autumn"', 'group = "x"'),
        ("priority = 10", "priority = 9"),
        ("at_least_fen = 50000", "at_least_fen = 60000\nmax_age = 3"),
    ],
)
def test_others_that_are_in_nobodys_way(theirs: tuple[str, str]) -> None:
    text = GOOD if "2026" not in theirs[0] else GOOD.replace("from = 2026-11-02", "from = 2026-11-02")
    rival = (
        other("from = 2026-11-02\nto = 2026-11-30", "from = 2026-12-01\nto = 2026-12-02")
        if "2026" in theirs[0]
        else other(*theirs)
    )
    found = [each for each in check(text, FILE, rival) if each.severity == "error"]
    assert found == []


def test_a_version_that_exists_is_not_written_anew() -> None:
    same = other("x-nothing", "", "autumn")
    assert check(GOOD, FILE, same) == []
    changed = check(GOOD.replace("priority = 10", "priority = 12"), FILE, same)
    assert [(each.key, each.line, each.code) for each in changed] == [("version", 2, "version_taken")]


@pytest.mark.parametrize(
    ("reward", "key", "code"),
    [
        ('kind = "cashback"\npercent_bp = 3001\nmost_fen = 900', "reward.percent_bp", "percent_high"),
        ('kind = "cashback"\npercent_bp = 9\nmost_fen = 900', "reward.percent_bp", "percent_low"),
        ('kind = "cashback"\npercent_bp = 10001\nmost_fen = 900', "reward.percent_bp", "too_large"),
        ('kind = "cashback"\npercent_bp = 500\nmost_fen = 900', "reward", "cashback_without_spending"),
        ('kind = "cash"\nfen = 9000', "unit_value_fen", "unit_value_low"),
        ('kind = "fee_waiver"\nfen = 7000\nmonths = 3', "unit_cost_fen", "unit_cost_low"),
        ('kind = "voucher"\npartner = { zh = "甲", en = "A" }\nvalue_fen = 9000', "unit_value_fen", "unit_value_low"),
    ],
)
def test_other_rewards(reward: str, key: str, code: str) -> None:
    text = GOOD.replace(GIFT, reward + "\n").replace(f"[[rule.of]]\n{STOCK}", "")
    assert (key, code) in {(each.key, each.code) for each in check(text)}


def test_weekdays_that_never_come_and_two_negations() -> None:
    short = GOOD.replace("to = 2026-11-30", "to = 2026-11-04")
    monday_to_wednesday = short.replace(AGE, f'{AGE}\n[[rule.of]]\ntype = "recurring"\nweekdays = [5]\n')
    assert "weekday_never" in {each.code for each in check(monday_to_wednesday)}
    twice = GOOD.replace(YOUNG, f'type = "not"\n[rule.of.of.of]\ntype = "not"\n[rule.of.of.of.of]\n{YOUNG}')
    assert "double_not" in {each.code for each in check(twice)}


def test_without_a_draws_guard_insiders_win() -> None:
    draw = GOOD.replace("priority = 10", 'prize_mode = "lottery"\ntop_prize_fen = 5').replace(INSIDER, "")
    assert "draw_insiders" in {each.code for each in errors(check(draw))}


def test_nothing_in_a_file_makes_it_fail() -> None:
    for text in (
        "",
        "\x00",
        "a = 1",
        "rule = 3",
        "rule = []",
        "[rule]\nof = 7",
        "disclosure = 1\nreward = []",
        "runs = { from = 1 }",
    ):
        assert check(text)
    for cut in range(0, len(GOOD), 97):
        check(GOOD[:cut])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_has_words(language: Language) -> None:
    set_language(language)
    try:
        for old, new, *_ in BAD:
            for each in check(GOOD.replace(old, new, 1)):
                said = campaign_words.problem_words(each)
                assert not said.startswith("gift."), each
                assert "{" not in said, each
    finally:
        set_language("zh")


def codes_in(path: Path, names: set[str], place: int) -> set[str]:
    """The codes given literally as an argument of calls to one of the names."""
    calls = [each for each in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(each, ast.Call)]
    named = [each for each in calls if isinstance(each.func, ast.Name) and each.func.id in names]
    given = [each.args[place] for each in named if len(each.args) > place]
    return {str(each.value) for each in given if isinstance(each, ast.Constant)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_words(language: Language) -> None:
    folder = Path(lint_module.__file__).parent
    found = {code for path in folder.glob("lint*.py") for code in codes_in(path, {"Finding", "warning"}, 1)}
    found |= {*lint_schema._CODES.values(), *lint_schema._FAULTS.values(), "not_toml", "wrong_value"}
    doubts = codes_in(folder / "relaxing.py", {"Doubt"}, 1)
    assert len(found) > 75
    assert len(doubts) == 21
    set_language(language)
    try:
        missing = [f"gift.lint.{code}" for code in found if not known(f"gift.lint.{code}")]
        missing += [f"gift.relax.{code}" for code in doubts if not known(f"gift.relax.{code}")]
    finally:
        set_language("zh")
    assert missing == []
    assert not campaign_words.doubt_words(Doubt("rule", "condition")).startswith("gift.")
