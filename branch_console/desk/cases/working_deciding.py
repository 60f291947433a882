"""How a case ends, and what may come after it: decision, notice, closing, withdrawal, refusal, review, reopening."""

from branch_console.desk.cases.working_part import Working
from branch_console.desk.cases.working_record import payment_key
from branch_console.rules.canonical import Json

LATER = "later"
"""The answer of who tells the customer afterwards."""


def decided(work: Working) -> None:
    """Facts, basis, remedies; and the notice in the same act where the customer is told at once."""
    said = work.said
    kind = said.one("redress")
    redress: dict[str, Json] | None = None
    if kind and kind != "none":
        redress = {"kind": kind, "amount_fen": said.fen("amount") or 0, "claim": None}
    tells = said.picked("told_way", "told_way_missing")
    if work.state.kind == "dispute" and work.state.transaction is None and said.one("disputed"):
        payment: dict[str, Json] = {
            "amount_fen": said.fen("disputed") or 0,
            "reference": said.text("payment", most=64),
            "key": payment_key(work, "payment"),
        }
        work.write("case.details_added", {"transaction": payment})
    work.write(
        "case.decided",
        {
            "outcome": said.picked("outcome"),
            "facts": said.needed("facts", "facts_missing", most=2000),
            "basis": said.needed("basis", "basis_missing", most=2000),
            "remedies": list[Json](said.many("remedies")),
            "redress": redress,
            **work.approved(),
        },
    )
    if tells != LATER:
        told = said.ticked("remedies_told")
        work.write("case.notified", {"way": tells, "remedies_told": told, "note": said.text("told_note") or None})


def notified(work: Working) -> None:
    """The customer was told the decision and the remedies."""
    said = work.said
    work.write(
        "case.notified",
        {
            "way": said.picked("way"),
            "remedies_told": said.ticked("remedies_told"),
            "note": said.text("note") or None,
        },
    )


def closed(work: Working) -> None:
    """Nothing is left to do."""
    said = work.said
    work.write(
        "case.closed",
        {
            "result": said.needed("result", "result_missing", most=2000),
            "root_cause": said.one("root_cause") or None,
            "rectification": said.text("rectification") or None,
        },
    )


def withdrawn(work: Working) -> None:
    """The customer takes it back."""
    said = work.said
    work.write(
        "case.withdrawn",
        {"by": said.picked("by"), "way": said.picked("way"), "reason": said.needed("reason", most=2000)},
    )


def not_accepted(work: Working) -> None:
    """The institution does not deal with it, and said so."""
    said = work.said
    work.write(
        "case.not_accepted",
        {
            "reason": said.picked("reason"),
            "note": said.needed("note", most=2000),
            "told": said.ticked("told"),
            **work.approved(),
        },
    )


def reopened(work: Working) -> None:
    """It was not over."""
    said = work.said
    work.write("case.reopened", {"reason": said.needed("reason"), "new_facts": said.ticked("new_facts")})


def review_applied(work: Working) -> None:
    """The customer asks the superior institution to look again."""
    said = work.said
    data: dict[str, Json] = {"to": said.needed("to", "review_to_missing", most=64), "written": said.ticked("written")}
    work.write("case.review_applied", {**data, "reference": said.text("reference", most=64) or None})


def review_notified(work: Working) -> None:
    """The superior has looked again, and the customer was told."""
    said = work.said
    work.write(
        "case.review_notified",
        {
            "outcome": said.picked("outcome"),
            "way": said.picked("way"),
            "note": said.needed("note", "text_missing", most=2000),
        },
    )
