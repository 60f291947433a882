"""What the figures of time limits, ratings and suggestions must be."""

from datetime import date, datetime

from branch_console.rules.journal import Entry
from tests.rules.statistics.recount import Expected, Lines, Row, moment, pick


def expected(
    lines: Lines, cases: list[Row], limits: list[Row], first: date, last: date, until: int | None, staff: str | None
) -> dict[str, Expected]:
    """By figure."""
    ratings = [
        {"subject": subject, "at": entries[-1].at, "score": (entries[-1].data or {})["score"], "who": entries[-1].staff}
        for subject, entries in lines.of("rating")
    ]
    rated = {(entries[0].data or {})["about"]: entries[-1].at for _, entries in lines.of("rating")}
    ideas = [row for row in map(_idea, lines.of("case")) if row is not None]
    for row in ideas:
        if row["done"] and datetime.fromisoformat(row["done"]) >= datetime.fromisoformat(row["adopted"]):
            row["days"] = (lines.day(row["done"]) - lines.day(row["adopted"])).days

    def on(row: Row, what: str, who: str) -> bool:
        return lines.within(row[what], first, last, until) and staff in {None, row[who]}

    def sure(_row: Row) -> bool:
        return True

    def due(row: Row, *names: str) -> bool:
        in_time = row["dropped"] is not None and moment(row["dropped"]) <= row["due"]
        return row["limit"] in names and not in_time and on(row, "due_at", "owner")

    def kept(row: Row) -> bool:
        return row["at"] is not None and row["at"] <= row["due"]

    def late(row: Row) -> bool:
        waits = (row["at"] is None or row["at"] > lines.clock) and not lines.happened(row["dropped"])
        past = lines.happened(row["due_at"]) and lines.day(row["due_at"]) <= last
        return row["limit"] in {"statutory", "internal"} and past and waits and staff in {None, row["owner"]}

    ended = [row for row in cases if row["status"] != "merged"]
    return {
        "clocks.statutory": pick(limits, lambda row: due(row, "statutory"), kept),
        "clocks.internal": pick(limits, lambda row: due(row, "internal"), kept),
        "clocks.first_contact": pick(limits, lambda row: due(row, "first"), kept),
        "clocks.overdue": pick(limits, late, sure),
        "ratings.given": pick(ratings, lambda row: on(row, "at", "who"), sure),
        "ratings.csat": pick(ratings, lambda row: on(row, "at", "who"), lambda row: row["score"] >= 4),
        "ratings.response_cases": pick(
            ended, lambda row: on(row, "closed", "owner"), lambda row: lines.happened(rated.get(row["subject"]))
        ),
        "ideas.received": pick(ideas, lambda row: on(row, "received", "by"), sure),
        "ideas.adopted": pick(ideas, lambda row: on(row, "answered", "by"), lambda row: bool(row["adopted"])),
        "ideas.days_median": pick(
            ideas, lambda row: on(row, "done", "by"), lambda row: row["days"] is not None, "days"
        ),
    }  # fmt: skip


def _idea(found: tuple[str, list[Entry]]) -> Row | None:
    subject, entries = found
    row: Row = {"subject": subject, "adopted": None, "answered": None, "done": None, "status": "", "days": None}
    for entry in entries:
        data: Row = dict(entry.data or {})
        name, at = entry.type.partition(".")[2], entry.at
        if name == "registered":
            if data["kind"] != "suggestion":
                return None
            row |= {"received": data["received_at"], "by": entry.staff}
        elif name == "adopted":
            row |= {"adopted": at, "answered": at, "status": name}
        elif name == "declined":
            row |= {"adopted": None, "answered": at, "status": name}
        elif name == "done" and row["status"] == "adopted":
            row |= {"done": at, "status": name}
    return row if "received" in row else None
