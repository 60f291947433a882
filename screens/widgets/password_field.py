"""One line for a password of a member of staff."""

from typing import Any

from screens.widgets.text_field import TextField


class PasswordField(TextField):
    """Typed text that is never shown, copied or cut, nor altered in any way: a password is compared byte for byte."""

    def __init__(self, *, max_length: int = 200, **keywords: Any) -> None:
        super().__init__(max_length=max_length, password=True, **keywords)

    @property
    def text(self) -> str:
        """Exactly what was typed."""
        return self.value

    def validate_value(self, value: str) -> str:
        """As typed: it is never shown."""
        return value

    def pasted(self, text: str) -> str:
        """The first line as it stands."""
        return text.splitlines()[0] if text else ""

    def action_copy(self) -> None:
        """Input would put the clear password on the clipboard."""

    def action_cut(self) -> None:
        """Input would put the clear password on the clipboard."""

    def wipe(self) -> None:
        """Forget what was typed."""
        self.value = ""
