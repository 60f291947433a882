"""From a list to one case."""

from textual.screen import Screen


def open_case(screen: Screen[None], subject: str) -> None:
    """Show a case above `screen`; nothing when something else is shown there already."""
    from screens.cases.view.case_screen import CaseScreen  # noqa: PLC0415  its acts are many: loaded when needed

    if screen.is_current:
        screen.app.push_screen(CaseScreen(subject))
