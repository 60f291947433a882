"""Free text of staff: numbers that must not be kept are masked before anything is saved (requirement S3)."""

from branch_console.rules.narrative.finding import Patterns
from branch_console.rules.narrative.masking import mask

NOTES = Patterns()
"""Notes beside an act: identity documents, and every number that could be a card, whatever its first digits."""


def scrub(text: str) -> str:
    """The text with whole card numbers and resident identity numbers masked to their last 4 characters.

    Full-width digits count as digits. Text without such a number comes back as it is.
    """
    return mask(text, NOTES).text
