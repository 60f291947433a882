"""What a campaign gives, told apart by `kind`. Amounts in fen.

Names: `Reward` (the union), `GiftReward`, `GiftChoice`, `PointsReward`, `CashReward`, `FeeWaiverReward`,
`CashbackReward`, `VoucherReward`.
"""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from branch_console.rules.documents import Part, Words
from branch_console.rules.gifts.parts import Quantity, Sku

Amount: TypeAlias = Annotated[int, Field(ge=1, le=2**53 - 1)]


class GiftChoice(Part):
    """One of the items that the customer may choose."""

    sku: Sku
    quantity: Quantity = 1


class GiftReward(Part):
    """A physical gift: one of the choices."""

    kind: Literal["gift"]
    choices: Annotated[list[GiftChoice], Field(min_length=1, max_length=20)]


class PointsReward(Part):
    """Points."""

    kind: Literal["points"]
    points: Amount


class CashReward(Part):
    """Money into the wallet, for something done; never for money put in."""

    kind: Literal["cash"]
    fen: Amount


class FeeWaiverReward(Part):
    """Fees up to `fen` are waived for `months` months."""

    kind: Literal["fee_waiver"]
    fen: Amount
    months: Annotated[int, Field(ge=1, le=120)]


class CashbackReward(Part):
    """A part of what was spent comes back: `percent_bp` hundredths of a percent, at most `most_fen`."""

    kind: Literal["cashback"]
    percent_bp: Annotated[int, Field(ge=1, le=10_000)]
    most_fen: Amount


class VoucherReward(Part):
    """A voucher of a partner."""

    kind: Literal["voucher"]
    partner: Words
    value_fen: Amount


Reward: TypeAlias = Annotated[
    GiftReward | PointsReward | CashReward | FeeWaiverReward | CashbackReward | VoucherReward,
    Field(discriminator="kind"),
]
