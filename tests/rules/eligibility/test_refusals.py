"""The codes of what is missing: what decided first, every one with words in both languages."""

from typing import Any

import pytest

from branch_console.locale import LANGUAGES, Language, set_language, t
from branch_console.rules.eligibility.node import Node
from branch_console.rules.eligibility.refusals import REASONS, missing
from branch_console.rules.eligibility.verdicts import Judged


def leaf(code: str) -> Node:
    return Node("UNSAT", code, {}, None, None, None, "", None, None, "customer", True, False, ())


def test_what_decided_stands_first_and_everything_once() -> None:
    reasons = (leaf("spend_in_window"), leaf("consent"), leaf("consent"))
    assert missing(Judged("NOT_YET", {"reason": "spend_in_window"}, None, reasons)) == ("spend_in_window", "consent")
    assert missing(Judged("NEED_SYNC", {"reason": "unknown"}, None, reasons[1:])) == ("unknown", "consent")
    assert missing(Judged("OUT_OF_STOCK", {"reason": "stock"})) == ("stock",)


@pytest.mark.parametrize("verdict", ["ELIGIBLE", "ELIGIBLE_OFFLINE", "PROVISIONAL"])
def test_who_gets_the_reward_misses_nothing(verdict: Any) -> None:
    assert missing(Judged(verdict, {"reason": "online"})) == ()


def test_what_a_risk_hold_is_about_is_not_said() -> None:
    assert missing(Judged("HELD", {"reason": "held"}, None, (leaf("risk_below"),))) == ("held",)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_words_of_its_own(language: Language) -> None:
    set_language(language)
    try:
        words = {code: t(f"gift.refused.{code}") for code in REASONS}
    finally:
        set_language("zh")
    assert [code for code, said in words.items() if said.startswith("gift.refused.")] == []
    assert len(set(words.values())) == len(words)
