"""A page of questions that scrolls: what is to be said first is seen first, then whatever has the focus."""

from textual.containers import VerticalScroll
from textual.events import DescendantFocus
from textual.widget import Widget

from screens.onboarding.question import Question


class QuestionPage(VerticalScroll, can_focus=False):
    """Opens at its top and follows the focus from there."""

    def __init__(self) -> None:
        super().__init__()
        self._begun_at: Widget | None = None

    @property
    def questions(self) -> list[Question]:
        """The questions on screen, in order."""
        return list(self.query(Question))

    def begin_at(self, widget: Widget, question: Question | None = None) -> None:
        """Focus a widget, and show what is read out before it: from there one scrolls down or simply answers."""
        self._begun_at = widget
        widget.focus(scroll_visible=False)
        self.call_after_refresh(self._show_beginning, question)

    def _show_beginning(self, question: Question | None) -> None:
        if question is not None and question.has_notice:
            self.scroll_to_widget(question, animate=False, top=True)
        else:
            self.scroll_home(animate=False)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Bring what has the focus into sight, unless the page has just begun and shows what is to be said first."""
        begun_at, self._begun_at = self._begun_at, None
        if event.widget is not begun_at:
            self.bring(event.widget)

    def bring(self, widget: Widget) -> None:
        """The whole question; of one longer than the page its beginning, to be read from there."""
        for question in self.questions:
            if widget is question.editor:
                tall = question.outer_size.height > self.size.height
                self.scroll_to_widget(question, animate=False, top=tall)
                return
        self.scroll_to_widget(widget, animate=False)
