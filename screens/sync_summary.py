"""The sync in one line, on the start screen; Enter or a click opens the sync screen."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from branch_console.locale import t
from branch_console.views import SyncView
from screens.signs import sign
from screens.widgets import css_beside

TONES = {"online": "$success", "offline": "$muted", "limited": "$warning", "needs_a_person": "$error"}


class SyncSummary(Widget, can_focus=True):
    """State, what waits, what is held back; nothing to do is said too."""

    DEFAULT_CSS = css_beside(__file__)
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "app.go('sync')", show=False)]

    view: reactive[SyncView | None] = reactive(None)

    def show(self, view: SyncView) -> None:
        """Show another state."""
        self.view = view

    def render(self) -> Content:
        """One line."""
        if self.view is None:
            return Content("")
        view = self.view
        parts = [
            Content.styled(f"{sign(view.state)} {t('status.' + view.state)}", TONES.get(view.state, "$primary")),
            Content(summary(view)),
        ]
        if view.quarantined:
            held = t("sync.held.count", n=len(view.quarantined))
            parts.append(Content.styled(f"{sign('warning')} {held}", "$error"))
        if view.reference_wrong:
            parts.append(Content.styled(f"{sign('warning')} {t('sync.reference.wrong')}", "$error"))
        parts.append(Content.styled(t("sync.open"), "$muted"))
        return Content("   ").join(parts)

    async def on_click(self) -> None:
        """Open the sync screen."""
        await self.run_action("app.go('sync')")


def summary(view: SyncView) -> str:
    """What waits, or the promise that nothing does."""
    if view.drained:
        return t("sync.drained.short")
    if view.pending:
        return t("sync.pending.count", n=view.pending)
    return t("sync.unproven.short")
