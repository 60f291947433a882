"""What a slip says, whatever it is drawn with. All texts are in the customer's language already."""

from dataclasses import dataclass

from branch_console.locale import Language


@dataclass(frozen=True, slots=True)
class SlipFacts:
    """One slip. It names the customer by a masked name at most, and staff by their number.

    `rows` are label and value, in their order. `terms` is what the customer accepts, if anything. `rights` are
    sentences about complaints and what the bank never asks; `hotlines` names and numbers. `digest` is the hash of the
    entry that the slip is about, in hex: with the number it finds the act, and it says nothing of a person.
    `code` is what the QR code says instead of number and digest; empty: the slip has no code. `notice` stands above
    everything else, `urgent` are names and numbers drawn large. `language`: None is that of the session.
    """

    title: str
    number: str
    branch: str
    rows: tuple[tuple[str, str], ...]
    digest: str
    terms: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()
    hotlines: tuple[tuple[str, str], ...] = ()
    code: str | None = None
    notice: tuple[str, ...] = ()
    urgent: tuple[tuple[str, str], ...] = ()
    language: Language | None = None
