"""The demo's gifts: the sample campaigns through their whole life, goods on their way and on the shelf.

Campaigns, authors and approvers are invented like everything else here.
"""

from datetime import date, timedelta

from branch_console.central import campaigns, dispatching
from branch_console.central.administration import Office
from branch_console.central.campaign_trials import dry_run, phone_key
from branch_console.demo.people import DemoBranch, DemoPeople
from branch_console.desk.desk import Desk
from branch_console.desk.gifts.booth import SHELF, Booth
from branch_console.desk.gifts.goods import TypedLine
from branch_console.desk.gifts.stock import receive, transfer
from branch_console.settings import PACKAGE_ROOT
from data import gift_queries
from data.gift_queries import ClaimedFilter

SAMPLES = PACKAGE_ROOT / "data" / "campaigns"
AUTHOR, APPROVER = "演示策划", "演示审批"
ARRIVED, ON_THE_WAY = "FH-DEMO-01", "FH-DEMO-02"
_TO_DRAWER = 6

# SKU, quantity, days until it expires (None: no food).
_FIRST: tuple[tuple[str, int, int | None], ...] = (
    ("RICE-5KG", 40, 240),
    ("OIL-5L", 30, 300),
    ("NOODLE-2KG", 20, 90),
    ("CUP-500", 12, None),
    ("TOWEL-SET", 16, None),
    ("UMBRELLA", 9, None),
    ("POWERBANK", 6, None),
    ("BAG-CANVAS", 40, None),
)
_SECOND: tuple[tuple[str, int, int | None], ...] = (("RICE-5KG", 20, 330), ("SOUNDBOX", 4, None))


async def open_campaigns(at: Office, people: DemoPeople) -> None:
    """Take every sample through its life: checked, tried on a customer, submitted, approved by somebody else."""
    tried_on = phone_key(at, people.customers[0].phone)
    for file in sorted(SAMPLES.glob("*.toml")):
        added = await campaigns.add(at, file.read_text(encoding="utf-8"), file.name, AUTHOR, None)
        await dry_run(at, added.campaign.id, tried_on)
        await campaigns.submit(at, added.campaign.id)
        await campaigns.approve(at, added.campaign.id, APPROVER)


async def send_goods(at: Office, branch: DemoBranch, today: date) -> None:
    """Two dispatches: one that the branch will have unpacked, one that is still on its way."""
    for number, lines in ((ARRIVED, _FIRST), (ON_THE_WAY, _SECOND)):
        goods = [
            dispatching.Line(
                sku=sku,
                quantity=quantity,
                lot="" if days is None else f"L{today:%y%m}",
                expires_on=None if days is None else (today + timedelta(days=days)).isoformat(),
            )
            for sku, quantity, days in lines
        ]
        await dispatching.dispatch(at, branch.code, dispatching.Dispatch(note_number=number, lines=goods))


def unpack(desk: Desk, second: str, password: str) -> None:
    """The first dispatch is counted by two and put on the shelf; some of it goes into this terminal's drawer."""
    booth = Booth(desk, online=False, contact=None, claimed=ClaimedFilter(desk.store))
    for delivery in gift_queries.deliveries(desk.store):
        if delivery.note_number == ARRIVED:
            counted = [_typed(*goods) for goods in delivery.goods]
            receive(booth, delivery.subject, ARRIVED, counted, "", second, password)
    stock = gift_queries.balances(desk.store, desk.now())
    wanted = [
        _typed(each.slot.sku, each.slot.lot, each.slot.expires_on, min(_TO_DRAWER, each.quantity))
        for each in stock
        if each.slot.location == SHELF and each.quantity
    ]
    transfer(booth, SHELF, booth.drawer, wanted, "refill_drawer", "", second, password)


def _typed(sku: str, lot: str, expires_on: str | None, quantity: int) -> TypedLine:
    return TypedLine(sku, lot, expires_on or "", str(quantity), expected=True)
