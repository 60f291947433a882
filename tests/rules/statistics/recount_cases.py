"""What the figures of cases, time limits, ratings and suggestions must be. There is no holiday in the weeks made up."""

from datetime import date, datetime, time, timedelta

from branch_console.rules.journal import Entry
from tests.rules.statistics.recount import Expected, Lines, Row, moment, pick

OVER = ["withdrawn", "merged", "closed"]


def cases(lines: Lines) -> list[Row]:
    """One plain row for each case that is no suggestion."""
    rows: list[Row] = []
    for subject, entries in lines.of("case"):
        row: Row = {"subject": subject, "status": "", "notified": None, "closed": None, "withdrawn": None, "high": None}
        row |= {"owner": None, "contact": None, "ended": None, "kind": "", "again": None}
        for entry in entries:
            _work(row, entry)
            _course(row, entry)
        row["complaint"] = row["kind"] in {"complaint", "dispute"} and row["status"] != "merged"
        row["who"] = row["owner"] or row.get("by")
        if row["kind"] not in {"", "suggestion"}:
            rows.append(row)
    for row in rows:
        row["days"] = row["working"] = None
        if row["notified"] and row["complaint"]:
            _measure(lines, row)
        row["repeats"] = any(_repeats(row, other) for other in rows)
    return rows


def _work(row: Row, entry: Entry) -> None:
    """What does not change where the case stands."""
    data: Row = dict(entry.data or {})
    if entry.type == "case.registered":
        row |= {"kind": data["kind"], "received": data["received_at"], "by": entry.staff, "status": "open"}
        row |= {"keys": data["customer"]["keys"].values(), "regulator": data["regulator"] is not None}
        row["matter"] = data["codes"] and (data["codes"]["business"], data["codes"]["reason"])
    elif entry.type == "case.assigned":
        row["owner"] = data["to"]
    elif entry.type == "case.contact_out":
        row["contact"] = row["contact"] or entry.at
    elif entry.type == "case.escalated":
        row["high"] = row["high"] or (entry.at if data["level"] >= 2 else None)


def _course(row: Row, entry: Entry) -> None:
    """What does."""
    name = entry.type.removeprefix("case.")
    if name == "decided":
        row["status"] = "decision"
    elif name == "notified" and row["status"] == "decision":
        row |= {"notified": row["notified"] or entry.at, "status": "told", "ended": entry.at}
    elif name == "closed" and (row["status"] == "told" or row["kind"] not in {"complaint", "dispute"}):
        row |= {"closed": entry.at, "status": "closed", "ended": row["ended"] or entry.at}
    elif name in {"withdrawn", "merged"}:
        row |= {name: entry.at, "status": name, "ended": row["ended"] or entry.at}
    elif name == "reopened":
        row |= {"closed": None, "status": "open", "ended": None, "again": entry.at}


def _measure(lines: Lines, row: Row) -> None:
    """How many days it took, by counting them."""
    received, notified = lines.day(row["received"]), lines.day(row["notified"])
    days = [received + timedelta(days=number + 1) for number in range(60)]
    days = [day for day in days if day <= notified]
    row["days"], row["working"] = len(days), len([day for day in days if day.weekday() < 5])


def _repeats(row: Row, other: Row) -> bool:
    if row is other or not (row["complaint"] and other["complaint"] and other["closed"]):
        return False
    gap = datetime.fromisoformat(row["received"]) - datetime.fromisoformat(other["closed"])
    same = row["matter"] == other["matter"] and bool(set(row["keys"]) & set(other["keys"]))
    return same and timedelta(0) <= gap <= timedelta(days=30)


def limits(lines: Lines, rows: list[Row]) -> list[Row]:
    """The limits of complaints: what was due when, and when it was kept.

    Opened again in time, a limit goes on as if it had never stopped; opened again later, it begins anew.
    """
    found = []
    for row in rows:
        if not row["complaint"]:
            continue
        contacts = [row["contact"], row["notified"]]
        first = _next_evening if row["kind"] == "complaint" else _two_hours
        for name, due_after, kept in (
            ("statutory", _legal, [row["notified"]]),
            ("internal", _inner, [row["notified"]]),
            ("first", first, contacts),
        ):
            at = min((moment(each) for each in kept if each is not None), default=None)
            dropped = row["withdrawn"] if row["status"] == "withdrawn" and at is None else None
            due = due_after(moment(row["received"]))
            again = None if row["again"] is None else moment(row["again"])
            line = {**row, "limit": name, "dropped": dropped}
            if again is not None and again > due:
                found.append({**line, "due": due_after(again), "at": None})
            found.append({**line, "due": due, "at": at if again is None or again > due else None})
    for each in found:
        each["due_at"] = f"{each['due'].isoformat()}+08:00"
    return found


def _legal(start: datetime) -> datetime:
    """Fifteen days, the first of which is the day after; the last one until midnight."""
    return datetime.combine(start.date() + timedelta(days=15), time(23, 59, 59, 999999))


def _inner(start: datetime) -> datetime:
    """Ten working days, and in any case before the legal limit's last day."""
    evening = _last_before(_legal(start).date())
    return datetime.combine(min(_working(start.date(), 10), evening), time(17, 30))


def _next_evening(start: datetime) -> datetime:
    return datetime.combine(_working(start.date(), 1), time(17, 30))


def _working(day: date, count: int) -> date:
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def _two_hours(start: datetime) -> datetime:
    """When two hours of work are over, the desk being open from 8:30 to 12 and from 13:30 to 17:30."""
    left, day = timedelta(hours=2), start.date()
    while True:
        for opens, closes in ((time(8, 30), time(12)), (time(13, 30), time(17, 30))):
            begins, ends = max(start, datetime.combine(day, opens)), datetime.combine(day, closes)
            if day.weekday() < 5 and ends > begins:
                if left <= ends - begins:
                    return begins + left
                left -= ends - begins
        day += timedelta(days=1)


def _last_before(day: date) -> date:
    """The working day before the last one of the legal limit."""
    day -= timedelta(days=1)
    while day.weekday() >= 5:
        day -= timedelta(days=1)
    return day


def expected(
    lines: Lines, rows: list[Row], first: date, last: date, until: int | None, staff: str | None
) -> dict[str, Expected]:
    """By figure."""

    def on(row: Row, what: str, who: str = "who") -> bool:
        mine = staff is None or row[who] == staff
        return row["complaint"] and mine and lines.within(row[what], first, last, until)

    def sure(_row: Row) -> bool:
        return True

    def standing(row: Row) -> bool:
        here = lines.happened(row["received"]) and lines.day(row["received"]) <= last
        return row["complaint"] and here and not lines.happened(row["ended"]) and staff in {None, row["who"]}

    told = pick(rows, lambda row: on(row, "notified"), lambda row: row["days"] is not None, "days")
    worked = pick(rows, lambda row: on(row, "notified"), lambda row: row["working"] is not None, "working")
    return {
        "cases.received": pick(rows, lambda row: on(row, "received", "by"), sure),
        "cases.withdrawn": pick(
            rows,
            lambda row: on(row, "received") and row["status"] == "withdrawn" and lines.happened(row["withdrawn"]),
            sure,
        ),
        "cases.decided": pick(rows, lambda row: on(row, "notified"), sure),
        "cases.decided_rate": pick(
            rows, lambda row: on(row, "received"), lambda row: lines.happened(row["notified"])
        ),
        "cases.closed": pick(rows, lambda row: on(row, "closed"), sure),
        "cases.repeats": pick(rows, lambda row: on(row, "received") and row["repeats"], sure),
        "cases.escalated": pick(rows, lambda row: on(row, "received") and lines.happened(row["high"]), sure),
        "cases.regulator": pick(rows, lambda row: on(row, "received") and row["regulator"], sure),
        "cases.days_median": told,
        "cases.days_p90": told,
        "cases.working_days_median": worked,
        "cases.working_days_p90": worked,
        "cases.open": pick(rows, standing, sure),
    }  # fmt: skip
