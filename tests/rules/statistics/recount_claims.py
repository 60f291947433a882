"""What the figures of gifts and of checks must be."""

from datetime import date

from tests.rules.statistics.recount import Expected, Lines, Row, pick

GOOD = ["ELIGIBLE", "ELIGIBLE_OFFLINE", "NEEDS_APPROVAL", "PROVISIONAL", "VOUCHER"]
BAD = ["duplicate_accepted", "duplicate_offset", "reversed", "case"]


def claims(lines: Lines) -> list[Row]:
    """One plain row for each claim."""
    rows = []
    for subject, entries in lines.of("claim"):
        row: Row = {"subject": subject, "started": None, "handed": None, "status": "", "voucher": False, "ruled": None}
        row |= {"outcome": None, "returned": None, "staff": None, "second": None, "cost": 0, "said": {}}
        for entry in entries:
            data: Row = dict(entry.data or {})
            name = entry.type.removeprefix("claim.")
            if name in {"reserved", "vouchered", "handed_over"} and not (name == "handed_over" and row["handed"]):
                row["started"] = row["started"] or entry.at
                row["staff"], row["said"], row["cost"] = entry.staff, data, data["reward"]["cost_fen"]
                row["status"] = name
            if name == "handed_over" and not row["handed"]:
                row["handed"], row["second"] = entry.at, data["second_staff"]
            elif name == "vouchered":
                row["voucher"] = True
            elif name == "released" and row["status"] in {"reserved", "vouchered"}:
                row["status"], row["released"] = "released", entry.at
            elif name == "returned" and row["handed"]:
                row["returned"], row["status"] = entry.at, "returned"
            elif name == "adjudicated":
                row["ruled"], row["outcome"] = entry.at, data["outcome"]
        rows.append(row)
    return rows


def checks(lines: Lines) -> list[Row]:
    """One plain row for each campaign of each check, as it was first written."""
    rows: list[Row] = []
    for subject, entries in lines.of("check"):
        said: Row = dict(entries[0].data or {})
        campaigns: list[str] = []
        for each in said["verdicts"]:
            if each["campaign"] not in campaigns:
                campaigns.append(each["campaign"])
                rows.append({**each, "subject": subject, "at": entries[0].at, "staff": entries[0].staff})
    return rows


def expected(
    lines: Lines, rows: list[Row], checked: list[Row], first: date, last: date, until: int | None, staff: str | None
) -> dict[str, Expected]:
    """By figure."""

    def on(row: Row, what: str) -> bool:
        return lines.within(row[what], first, last, until) and (staff is None or row["staff"] == staff)

    def handed(row: Row) -> bool:
        return on(row, "handed")

    def sure(_row: Row) -> bool:
        return True

    chosen: dict[tuple[str, str], Row] = {}
    for row in rows:
        if handed(row) and row["said"]["reward"]["kind"] == "gift":
            person = row["said"]["recipient"]["keys"]["person"]
            chosen.setdefault((person, row["said"]["reward"]["sku"]), row)
    picked = [row["subject"] for row in chosen.values()]
    return {
        "gifts.handed_over": pick(rows, handed, sure),
        "gifts.vouchers": pick(rows, lambda row: on(row, "started") and row["voucher"], sure),
        "gifts.released": pick(
            rows,
            lambda row: on(row, "started") and row["status"] == "released" and lines.happened(row["released"]),
            sure,
        ),
        "gifts.returned": pick(rows, lambda row: on(row, "returned"), sure),
        "gifts.reversed": pick(rows, lambda row: on(row, "ruled") and row["outcome"] == "reversed", sure),
        "gifts.duplicates": pick(
            rows, lambda row: handed(row) and lines.happened(row["ruled"]), lambda row: row["outcome"] in BAD
        ),
        "gifts.provisional": pick(rows, handed, lambda row: row["said"]["right"]["kind"] == "provisional"),
        "gifts.second_person": pick(rows, lambda row: handed(row) and row["second"] is not None, sure),
        "gifts.cost": pick(rows, handed, sure, "cost"),
        "gifts.checks": pick(checked, lambda row: on(row, "at"), sure),
        "gifts.eligible": pick(checked, lambda row: on(row, "at"), lambda row: row["verdict"] in GOOD),
        "gifts.chosen": (picked, picked, []),
    }
