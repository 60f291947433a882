"""Options side by side that keep what is picked over a redraw in another language."""

from collections.abc import Iterable, Sequence

from branch_console.views import Choice
from screens.onboarding.option_row import OptionRow


class PickRow(OptionRow):
    """An OptionRow with a name of its own."""

    DEFAULT_CSS = "PickRow { height: auto; }"

    def __init__(self, id: str, options: Sequence[tuple[str, str]], chosen: Iterable[str] = ()) -> None:  # noqa: A002
        """`options`: value and words."""
        super().__init__([Choice(value, label) for value, label in options], chosen)
        self.id = id

    @property
    def value(self) -> str:
        """What is picked; empty when nothing is."""
        return next(iter(self.chosen), "")

    @property
    def settled(self) -> bool:
        """Whether Enter would pick what is picked already."""
        return 0 <= self.cursor < len(self._options) and self._options[self.cursor].value in self._chosen

    def offer(self, options: Sequence[tuple[str, str]]) -> None:
        """Other options; what is picked stays if it is among them."""
        self._options = tuple(Choice(value, label) for value, label in options)
        self.chosen = self.chosen
        self.refresh(layout=True)

    def kept(self) -> object:
        """What is picked."""
        return self.chosen

    def restore(self, kept: object) -> None:
        """Take it back."""
        if isinstance(kept, tuple):
            self.chosen = kept
