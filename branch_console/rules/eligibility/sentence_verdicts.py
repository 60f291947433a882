"""A verdict and its reason in one sentence each.

Names: `verdict_phrase(verdict)`, `reason_phrase(judged)`.
"""

from branch_console.rules.eligibility.node import Node
from branch_console.rules.eligibility.phrases import Phrase, phrase
from branch_console.rules.eligibility.sentence_paths import path_phrase
from branch_console.rules.eligibility.sentences import condition_phrase
from branch_console.rules.eligibility.verdicts import Judged
from branch_console.rules.gifts.claim_entries import Verdict


def verdict_phrase(verdict: Verdict) -> Phrase:
    """The verdict in a few words."""
    return phrase(f"gift.verdict.{verdict}")


def reason_phrase(judged: Judged) -> Phrase:
    """Why, or the nearest way to qualify, in one sentence. What a risk hold is about is never said."""
    verdict, params = judged.verdict, judged.params
    if judged.path is not None and judged.path.steps and (verdict == "NOT_YET" or _more_than_goods(judged)):
        return path_phrase(judged.path)
    if verdict == "NO" and judged.reasons:
        return phrase("gift.reason.no", conditions=[_said(each) for each in judged.reasons])
    if verdict == "ALREADY_CLAIMED":
        return _claimed(str(params["on"]), str(params["region"]), str(params["number"]))
    if params["reason"] == "unknown":
        words = "gift.reason.voucher_unknown" if verdict == "VOUCHER" else "gift.reason.unknown"
        return phrase(words, conditions=[condition_phrase(each) for each in judged.reasons])
    filled = {"by": params["by"]} if verdict == "SUPERSEDED" else {}
    filled |= {"on": params["from"]} if params["reason"] == "announced" else {}
    return phrase(f"gift.reason.{params['reason']}", **filled)


def _more_than_goods(judged: Judged) -> bool:
    """Whether goods that are not there are not all that is missing: nobody shall come again for them in vain."""
    steps = () if judged.path is None else judged.path.steps
    return judged.verdict == "OUT_OF_STOCK" and any(step.fixable != "staff" for step in steps)


def _said(node: Node) -> Phrase:
    """The condition as it stands in the rule, `not` included."""
    said = condition_phrase(node)
    return said if node.polarity else phrase("gift.cond.negated", condition=said)


def _claimed(on: str, region: str, number: str) -> Phrase:
    if on and number:
        return phrase("gift.reason.claimed.number", on=on, region=region, number=number)
    return phrase("gift.reason.claimed.region", on=on, region=region) if on else phrase("gift.reason.claimed")
