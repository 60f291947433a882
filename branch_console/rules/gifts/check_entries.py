"""The entry of one check at the gift desk: what each campaign said to a customer, whoever that was.

It is kept so that "who came and got nothing" is counted like "who got something". It names no customer, neither by a
keyed hash nor by a journey, so there is nothing in it to erase.
"""

from typing import Annotated

from pydantic import Field

from branch_console.rules.entries import EntryData, entry_type
from branch_console.rules.gifts.claim_entries import Verdict
from branch_console.rules.journey_entries import Code


class CampaignChecked(EntryData):
    """The verdict of one campaign; `reasons` are the codes of what decided it, the first one first."""

    campaign: Code
    verdict: Verdict
    reasons: Annotated[list[Code], Field(max_length=20)]


@entry_type("gift.checked", subject="check")
class GiftChecked(EntryData):
    """All campaigns that one customer was checked against at one moment. Who checked, and when, the entry says."""

    verdicts: Annotated[list[CampaignChecked], Field(min_length=1, max_length=100)]
