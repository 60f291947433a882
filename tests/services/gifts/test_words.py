"""Facts and reasons in words: no codes of our own tables, and nothing said twice."""

from collections.abc import Iterator

import pytest

from branch_console.desk.gifts.checking import check
from branch_console.desk.gifts.facts import facts_for
from branch_console.desk.gifts.scene import Scene
from branch_console.locale import Language, set_language
from branch_console.services.gifts.fact_lines import fact_lines
from branch_console.services.gifts.names import Names
from branch_console.services.gifts.offers import path_words, sentence
from tests.desk.gifts.conftest import ANNA, RICE, World, spending, world

__all__ = ["world"]
SPEND = "spend_500_30d"


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    yield
    set_language("zh")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", {"年龄段": "16–59 岁", "客群": "年轻人、老年客户", "客户类型": "小微商户", "钱包类别": "II 类",
                "身份核验等级": "3 级", "同意（marketing）": "拒绝",
                "一般信息使用同意（版本）": "同意第 2 版"}),
        ("en", {"Age band": "16–59", "Customer groups": "Young people, Senior", "Kind of customer": "small business",
                "Wallet class": "class II"}),
    ],
)  # fmt: skip
def test_facts_are_told_in_words(world: World, language: Language, said: dict[str, str]) -> None:
    set_language(language)
    world.facts.pop("born")
    world.facts |= {"consent.marketing": 0, "consent.general": 2}
    world.know(
        age_band="16_59",
        segments=["young", "senior"],
        customer_kind="small_business",
        wallet_tier="II",
        kyc=3,
    )
    booth = world.booth()
    book = facts_for(booth, world.store, ANNA, Scene.of(booth, world.store))
    told = {each.name: each.value for each in fact_lines(book, booth, Names(world.store))}
    assert {name: told.get(name) for name in said} == said
    assert not any(code in value for value in told.values() for code in ("16_59", "small_business", "young"))


def test_what_central_must_be_asked_is_said_once(world: World) -> None:
    world.run(SPEND)
    world.shelve(RICE, 1)
    line = check(world.booth(), world.store, ANNA).line(SPEND)
    assert line is not None
    assert (line.judged.verdict, line.judged.path is None) == ("NEED_SYNC", False)
    names = Names(world.store)
    assert "500.00" in sentence(line, names)
    assert path_words(line, names) == ""
    world.know(payments=spending(38000))
    line = check(world.booth(), world.store, ANNA).line(SPEND)
    assert line is not None
    assert "120.00" in path_words(line, names)
