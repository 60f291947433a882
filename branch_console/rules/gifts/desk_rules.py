"""What a bank sets for the work at the gift desk: a document of the reference data."""

from typing import Annotated

from pydantic import Field

from branch_console.rules.documents import Document, Sourced


class Number(Sourced):
    """One number, and where it comes from."""

    value: Annotated[int, Field(ge=1, le=10_000)]


class DeskRules(Document):
    """Numbers that hold for every campaign.

    `pair_limit`: how often two members of staff may approve each other's acts on one day. `expiring_days`: goods whose
    use-by date is at most so many days away are marked. `take_back_days`: how far back stock documents are listed.
    `campaign_low_percent`: of so much of its quantity or budget at most, a campaign is nearly gone;
    `campaign_ending_days`: on so many last days it ends soon (`running_low` has what counts where they are not given).
    """

    pair_limit: Number
    expiring_days: Number
    take_back_days: Number
    campaign_low_percent: Number | None = None
    campaign_ending_days: Number | None = None
