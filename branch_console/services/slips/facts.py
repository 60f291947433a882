"""What a slip says, whatever it is drawn with. All texts are in the customer's language already."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SlipFacts:
    """One slip. It names the customer by a masked name at most, and staff by their number.

    `rows` are label and value, in their order. `terms` is what the customer accepts, if anything. `rights` are
    sentences about complaints and what the bank never asks; `hotlines` names and numbers. `digest` is the hash of the
    entry that the slip is about, in hex: with the number it finds the act, and it says nothing of a person.
    """

    title: str
    number: str
    branch: str
    rows: tuple[tuple[str, str], ...]
    digest: str
    terms: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()
    hotlines: tuple[tuple[str, str], ...] = ()
