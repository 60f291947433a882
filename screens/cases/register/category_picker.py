"""What the case is about: one picker, found by Chinese, English or the first letters of the pinyin."""

from collections.abc import Sequence

from textual import on

from branch_console.case_views.register import CategoryView
from branch_console.locale import t
from screens.cases.register.chooser import Chooser, Pick
from screens.commands import fit_of


class CategoryPicker(Chooser):
    """Offers everything while nothing is typed. One choice fills channel, business, reason and what is wanted."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id, empty=t("register.category.none"), hint=t("register.category.hint"), most=30)
        self._rows: tuple[CategoryView, ...] = ()
        self._narrowed = ""

    @property
    def category(self) -> CategoryView | None:
        """What was chosen."""
        return next((each for each in self._rows if each.code == self.value), None)

    def offer(self, rows: Sequence[CategoryView]) -> None:
        """What there is to choose; what is chosen stays only if it is among them."""
        self._rows = tuple(rows)
        chosen = self.category
        self.put(_pick(chosen) if chosen is not None else None)
        self._narrow("")

    def choose(self, code: str) -> None:
        """A draft's choice."""
        found = next((each for each in self._rows if each.code == code), None)
        self.put(_pick(found) if found is not None else None)

    @on(Chooser.Typed)
    def _typed(self) -> None:
        self._narrow(self.field.text)

    def decide(self) -> None:
        """Enter, for what fits everything that was typed: the last key's own message may still be on its way."""
        if self.field.text != self._narrowed:
            self._narrow(self.field.text)
        super().decide()

    def _narrow(self, text: str) -> None:
        self._narrowed = text
        fits = [(fit_of(each.zh, each.en, text), number, each) for number, each in enumerate(self._rows)]
        found = sorted((each for each in fits if each[0] is not None), key=lambda each: (each[0] or 0, each[1]))
        self.show([_pick(each) for _fit, _number, each in found])

    @property
    def _opens_empty(self) -> bool:
        return self._pick is None


def _pick(category: CategoryView) -> Pick:
    return Pick(category.code, category.label, category.codes)
