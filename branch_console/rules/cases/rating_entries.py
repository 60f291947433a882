"""A rating: what a customer says after a journey or a closed case. A second word is a revision beside the first."""

from typing import Annotated, Literal
from uuid import NAMESPACE_URL, uuid5

from pydantic import Field

from branch_console.rules.cases.parts import CaseAct, Code, Note, Subject
from branch_console.rules.entries import entry_type


def rating_subject(about: str) -> str:
    """The one subject of all ratings of a journey or case, so that two terminals cannot make two of it."""
    return f"rating/{uuid5(NAMESPACE_URL, f'rating:{about}')}"


@entry_type("rating.given", subject="rating")
class RatingGiven(CaseAct):
    """A score from 1 (bad) to 5 (good), with reasons from a list and a masked line. `revision` counts from 1."""

    about: Subject
    score: Annotated[int, Field(ge=1, le=5)]
    reasons: Annotated[list[Code], Field(max_length=10)] = Field(default_factory=list)
    text: Note = ""
    by: Literal["customer", "staff_for_customer"] = "customer"
    revision: Annotated[int, Field(ge=1, le=100)]
