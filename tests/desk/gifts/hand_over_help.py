"""A campaign that runs, goods on the shelf, and the way from the right to the hand-over."""

from branch_console.desk.gifts import handing
from branch_console.desk.gifts.checking import check
from branch_console.desk.gifts.handing import Confirmation
from branch_console.desk.gifts.reserving import new_claim, reserve
from tests.desk.conftest import PASSWORD
from tests.desk.gifts.conftest import ANNA, RICE, World, spending

SIGNED = Confirmation("signature_note", "领取单 17", False)
SPEND = "spend_500_30d"


def verdict(world: World, *, online: bool = True) -> str:
    booth = world.booth(online=online)
    line = check(booth, world.store, ANNA).line(SPEND)
    assert line is not None
    return line.judged.verdict


def held(world: World) -> str:
    booth = world.booth()
    claim = new_claim(booth)
    return reserve(booth, ANNA, SPEND, claim, world.hold(claim))


def ready(world: World, pieces: int = 3) -> None:
    world.run(SPEND)
    world.shelve(RICE, pieces)
    world.know(payments=spending(38000, 13200))


def give(world: World, claim: str, second: str = "li", password: str = PASSWORD, choice: str = "") -> None:
    handing.hand_over(world.booth(), claim, choice, SIGNED, second, password)
