"""What a feedback meeting agreed: one subject for each action, with its owner and day; later it is done or dropped."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from branch_console.rules.entries import EntryData, entry_type
from branch_console.rules.gifts.parts import Day
from branch_console.rules.journey_entries import Code

What = Annotated[str, StringConstraints(min_length=1, max_length=500)]
"""Masked text: what was said in a meeting may have been a customer's words."""


@entry_type("meeting.action_agreed", subject="meeting")
class ActionAgreed(EntryData):
    """Somebody does something until a day."""

    what: What
    owner: Code
    due: Day


@entry_type("meeting.action_done", subject="meeting")
class ActionDone(EntryData):
    """It is done, or will not be done any more (`dropped`); what came of it."""

    outcome: Literal["done", "dropped"]
    note: What
