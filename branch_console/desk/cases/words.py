"""What staff typed, as an entry may keep it: cleaned, on one line, numbers of persons masked."""

from branch_console.desk.cases.core import CaseCounter, masks
from branch_console.rules.narrative.masking import mask
from branch_console.security.text import clean


def kept(counter: CaseCounter, typed: str, most: int) -> str:
    """The text, at most so many characters. Masked before and after it is cut, so that no cut uncovers a number."""
    patterns = masks(counter).patterns
    whole = mask(" ".join(clean(typed).split()), patterns).text
    return mask(whole[:most], patterns).text[:most]
