"""Why customers got nothing, in words: what a figure of refusals by reason calls its lines."""

from branch_console.locale import known, t


def refusal_words(code: str) -> str:
    """A code of `rules.eligibility.refusals` in a few words; a code that this version does not know, as it stands."""
    msgid = f"gift.refused.{code}"
    return t(msgid) if known(msgid) else code
