"""What the figures of journeys and of the funnel must be."""

from datetime import date, datetime

from tests.rules.statistics.recount import Expected, Lines, Row, pick


def journeys(lines: Lines, confirmed: set[str]) -> list[Row]:
    """One plain row for each journey, told from its entries one after the other."""
    rows = []
    for subject, entries in lines.of("journey"):
        row: Row = {"subject": subject, "started": None, "finished": None, "abandoned": None, "steps": {}}
        row |= {"phone": None, "wallet_number": None, "over": False, "holder": None, "starter": None}
        for entry in entries:
            data = entry.data or {}
            if row["over"]:
                continue
            if entry.type == "journey.started":
                row["started"], row["starter"], row["holder"] = entry.at, entry.staff, entry.staff
            elif entry.type == "journey.taken_over" and data["from_staff"] == row["holder"]:
                row["holder"] = entry.staff
            elif entry.type == "journey.answered":
                answers: Row = data["answers"]  # type: ignore[assignment]
                row["phone"] = answers["phone"]["key"] if "phone" in answers else row["phone"]
                row["wallet_number"] = answers.get("wallet_id", row["wallet_number"])
                _touch(row, entry.at, data["step"], entry.staff)
            elif entry.type.startswith("journey.step_"):
                step = _touch(row, entry.at, data["step"], entry.staff)
                ending = entry.type.removeprefix("journey.step_")
                step["status"] = ending if ending in {"done", "skipped", "failed"} else "in_progress"
                step["ms"] += data.get("active_ms", 0)
            elif entry.type == "journey.finished":
                row["finished"], row["over"] = entry.at, True
            elif entry.type == "journey.abandoned":
                row["abandoned"], row["over"] = entry.at, True
        row["confirmed"] = subject in confirmed
        row["wallet"] = (row["wallet_number"], row["phone"]) if row["wallet_number"] and row["phone"] else subject
        rows.append(row)
    for row in rows:
        same = [each for each in rows if each["finished"] and each["wallet"] == row["wallet"]]
        same.sort(key=lambda each: (datetime.fromisoformat(each["finished"]), each["subject"]))
        row["new"] = bool(row["finished"]) and same[0]["subject"] == row["subject"]
        row["minutes"] = None
        if row["finished"] and row["started"]:
            gone = datetime.fromisoformat(row["finished"]) - datetime.fromisoformat(row["started"])
            row["minutes"] = int(gone.total_seconds() // 60) if gone.total_seconds() >= 0 else None
    return rows


def _touch(row: Row, at: str, name: object, staff: str | None) -> Row:
    step: Row = row["steps"].setdefault(
        name, {"first": at, "status": "in_progress", "ms": 0, "subject": row["subject"], "started": row["started"]}
    )
    step["last"], step["staff"] = at, staff
    return step


def expected(
    lines: Lines, rows: list[Row], first: date, last: date, until: int | None, staff: str | None
) -> dict[str, Expected]:
    """By figure."""

    def on(row: Row, what: str, who: str) -> bool:
        return lines.within(row[what], first, last, until) and (staff is None or row[who] == staff)

    steps = [step for row in rows for step in row["steps"].values()]
    for step in steps:
        step["seconds"] = step["ms"] // 1000
    for row in rows:
        used = row["steps"].get("first_use", {})
        row["used"] = used.get("last") if used.get("status") == "done" else None
        row["user"] = used.get("staff")

    def begun(row: Row) -> bool:
        return on(row, "started", "starter")

    def ended(row: Row) -> bool:
        return bool(row["finished"]) and on(row, "finished", "holder") and row["new"]

    def cohort(step: Row) -> bool:
        return on(step, "started", "staff")

    def sure(_row: Row) -> bool:
        return True

    def shown(step: Row) -> bool:
        return lines.happened(step["last"])

    return {
        "journeys.received": pick(rows, begun, sure),
        "journeys.onboarded": pick(rows, lambda row: ended(row) and row["confirmed"], sure),
        "journeys.waiting": pick(rows, lambda row: ended(row) and not row["confirmed"], sure),
        "journeys.first_use": pick(rows, lambda row: on(row, "used", "user"), sure),
        "journeys.abandoned": pick(rows, lambda row: on(row, "abandoned", "holder"), sure),
        "journeys.completed": pick(rows, begun, lambda row: lines.happened(row["finished"])),
        "journeys.minutes_median": pick(rows, ended, lambda row: row["minutes"] is not None, "minutes"),
        "journeys.minutes_p90": pick(rows, ended, lambda row: row["minutes"] is not None, "minutes"),
        "funnel.reached": pick(steps, lambda step: cohort(step) and lines.happened(step["first"]), sure),
        "funnel.seconds_median": pick(
            steps, lambda step: cohort(step) and shown(step) and step["status"] == "done", sure, "seconds"
        ),
        "funnel.without_result": pick(
            steps, lambda step: cohort(step) and shown(step) and step["status"] in {"skipped", "failed"}, sure
        ),
        "funnel.dropped": pick(
            rows, lambda row: on(row, "started", "holder") and lines.happened(row["abandoned"]), sure
        ),
        "funnel.finished": pick(rows, lambda row: begun(row) and lines.happened(row["finished"]), sure),
        "funnel.confirmed": pick(
            rows, lambda row: begun(row) and row["confirmed"] and lines.happened(row["finished"]), sure
        ),
        "funnel.first_use": pick(rows, lambda row: begun(row) and lines.happened(row["used"]), sure),
        "ratings.response_journeys": pick(
            rows,
            lambda row: on(row, "finished", "holder"),
            lambda row: any(
                each.data is not None and each.data["about"] == row["subject"] and each.type == "rating.given"
                for _, given in lines.of("rating")
                for each in given
                if lines.happened(given[-1].at)
            ),
        ),
    }
