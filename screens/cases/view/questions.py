"""A question of an act's form as a widget, and the answer that stands in it."""

from textual.widget import Widget

from branch_console.case_views.working import Question
from screens.cases.view.long_text import LongText
from screens.gifts.asked import Asked
from screens.gifts.goods.pick_row import PickRow
from screens.widgets.choices import Choices, Option
from screens.widgets.text_field import TextField


def asked(question: Question) -> Asked:
    """Label, editor and hint."""
    return Asked(question.id, question.label, _editor(question), question.hint)


def answer(editor: Widget) -> tuple[str, ...]:
    """What was answered: words, or the codes that were picked."""
    if isinstance(editor, PickRow | Choices):
        return editor.chosen
    typed = editor.words if isinstance(editor, LongText) else editor.text if isinstance(editor, TextField) else ""
    return (typed,) if typed else ()


def _editor(question: Question) -> Widget:
    name, value = f"q-{question.id}", next(iter(question.value), "")
    match question.kind:
        case "pick":
            return PickRow(name, question.options, question.value)
        case "many" | "tick":
            options = [Option(code, label) for code, label in question.options]
            return Choices(options, chosen=question.value, multiple=True, id=name)
        case "long":
            return LongText(value, max_length=question.most, id=name)
        case _:
            return TextField(value, max_length=question.most, id=name)
