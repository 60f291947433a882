"""The clock of the status line tells the branch's time, not the machine's."""

from datetime import UTC, datetime, timedelta

from screens.widgets.status_line import _zone


def test_the_zone_is_the_branchs_own() -> None:
    now = datetime.now(UTC)
    assert now.astimezone(_zone("Asia/Urumqi")).utcoffset() == timedelta(hours=6)
    assert now.astimezone(_zone("Asia/Shanghai")).utcoffset() == timedelta(hours=8)


def test_a_zone_that_this_machine_does_not_know_is_no_crash() -> None:
    for name in ("", "Nowhere/Nothing", "../etc/passwd"):
        assert datetime.now(_zone(name)).tzinfo is not None
