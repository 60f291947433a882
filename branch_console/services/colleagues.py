"""Who else works in the branch."""

from branch_console.desk.desk import Desk
from branch_console.views import StaffChoice
from data import queries


def colleagues(desk: Desk) -> tuple[StaffChoice, ...]:
    """Everybody active but whoever is at this terminal: a second person, or the next one to do something."""
    return tuple(
        StaffChoice(each.staff_id, each.name, each.role)
        for each in queries.staff_list(desk.store)
        if each.active and each.staff_id != desk.staff
    )
