"""Who is being served, in one line."""

from textual.content import Content

from branch_console.gift_views import PersonView
from branch_console.locale import t
from screens.signs import sign
from screens.text import fit, one_line


def who(person: PersonView) -> str:
    """Name, phone and by what the customer is known, all masked."""
    name = one_line(person.name) or t("onboarding.new_customer")
    known = one_line(t("common.list_separator").join(person.known_by))
    parts = [name, one_line(person.phone), t("gifts.known_by", ways=known) if known else ""]
    return f"  {sign('separator')}  ".join(part for part in parts if part)


def sides(left: str, right: str, width: int) -> Content:
    """Bold left, quiet right, in exactly `width` cells; the left side gives way."""
    quiet = Content.styled(one_line(right), "$muted")
    return Content.styled(fit(one_line(left), max(width - quiet.cell_length - 1, 1)), "bold") + Content(" ") + quiet
