"""A screen with fields one after the other."""

from abc import abstractmethod
from typing import ClassVar

from textual.actions import SkipAction
from textual.binding import Binding, BindingType

from screens.base import BranchScreen, Result


class FormScreen(BranchScreen[Result]):
    """Enter leads from field to field, in the last one it sends the form.

    The key is handled before it is forwarded to the field: by the time that a field's own message arrives, the next
    characters of a fast typist, a scanner or a slow connection would already have gone into the wrong field.
    """

    FIELDS: ClassVar[tuple[str, ...]] = ()
    """Ids of the inputs in their order."""
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "enter", "common.confirm", priority=True)]

    def action_enter(self) -> None:
        """Go on; with the focus elsewhere the key is not for the form."""
        here = self.focused
        if here is None or here.id not in self.FIELDS:
            raise SkipAction
        following = self.following(here.id)
        if following is None:
            here.call_later(self.submit)  # after the characters that still wait in the field's queue
        else:
            self.set_focus(self.query_one(f"#{following}"))

    def following(self, field: str) -> str | None:
        """The field after this one, None when it is the last."""
        at = self.FIELDS.index(field) + 1
        return self.FIELDS[at] if at < len(self.FIELDS) else None

    @abstractmethod
    def submit(self) -> None:
        """Check what was typed, and send it."""
