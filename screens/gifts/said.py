"""A sentence on a screen that changes, wrapped as Chinese wraps; takes no room while there is nothing to say."""

from screens.onboarding.prose import Prose
from screens.text import one_line


class Said(Prose):
    """One paragraph."""

    DEFAULT_CSS = "Said { width: 1fr; height: auto; }"

    def __init__(self, text: str = "", *, id: str | None = None, classes: str = "") -> None:  # noqa: A002
        super().__init__(text, classes=classes)
        if id is not None:
            self.id = id
        self.display = bool(text)

    def say(self, text: str) -> None:
        """Another sentence, or none."""
        self._text = one_line(text)
        self.display = bool(text)
        self.refresh(layout=True)
