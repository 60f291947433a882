"""The questions of the form as widgets: made, read into a form, filled from one, shown as the kind needs them."""

from collections.abc import Iterator
from typing import Any

from textual.widget import Widget

from branch_console.case_views.register import KindView, RegisterView
from branch_console.locale import t
from branch_console.rules.cases.form import CaseForm
from screens.cases.register.category_picker import CategoryPicker
from screens.cases.register.customer_chooser import CustomerChooser
from screens.cases.register.masked_field import MaskedField
from screens.gifts.asked import Asked
from screens.gifts.goods.pick_row import PickRow
from screens.widgets.text_field import TextField

MORE = ("source", "regulator_reference", "transferred_at", "group_size", "received_at", "vulnerable")
"""What a key opens."""
SAID = ("narrative", "reference", "counterparty", "regulator_reference")
TYPED = ("promise", "amount", "group_size", "received_at", "transferred_at")
PICKED = ("want", "contact", "source")
SHORT = 64
YES = "yes"


def first(view: RegisterView) -> Iterator[Asked]:
    """What every case begins with, over the whole width."""
    kinds = [(each.code, each.label) for each in view.kinds]
    yield Asked("kind", t("register.ask.kind"), PickRow("kind", kinds))
    yield Asked("customer", t("register.ask.customer"), CustomerChooser(id="customer"))
    yield Asked("category", t("register.ask.category"), CategoryPicker(id="category"))
    narrative = MaskedField(view.patterns, id="narrative", max_length=view.narrative_most)
    yield Asked("narrative", t("register.ask.narrative"), narrative, t("register.narrative.hint"))


def then(view: RegisterView, kind: KindView | None) -> Iterator[Asked]:
    """The payment in dispute, what is wanted, how and when the customer hears."""
    ways = kind.ways if kind is not None else ()
    yield Asked("amount", t("register.ask.amount"), TextField(id="amount", max_length=16))
    yield _said(view, "reference")
    yield _said(view, "counterparty")
    yield Asked("want", t("register.ask.want"), PickRow("want", view.wants))
    yield Asked("contact", t("register.ask.contact"), PickRow("contact", ways))
    yield Asked("promise", t("register.ask.promise"), TextField(id="promise", max_length=16, select_on_focus=True))


def more(view: RegisterView) -> Iterator[Asked]:
    """What is seldom asked."""
    yield Asked("source", t("register.ask.source"), PickRow("source", view.sources, ["counter"]))
    yield _said(view, "regulator_reference")
    when = t("register.when.hint")
    yield Asked("transferred_at", t("register.ask.transferred_at"), TextField(id="transferred_at", max_length=16), when)
    yield Asked("group_size", t("register.ask.group_size"), TextField(id="group_size", max_length=6))
    yes = PickRow("vulnerable", [("no", t("register.no")), (YES, t("register.yes"))], ["no"])
    yield Asked("vulnerable", t("register.ask.vulnerable"), yes)
    yield Asked("received_at", t("register.ask.received_at"), TextField(id="received_at", max_length=16), when)


def _said(view: RegisterView, name: str) -> Asked:
    return Asked(name, t(f"register.ask.{name}"), MaskedField(view.patterns, id=name, max_length=SHORT))


class Questions:
    """The questions that stand below `root`."""

    def __init__(self, root: Widget) -> None:
        self._root = root

    @property
    def customer(self) -> CustomerChooser:
        """Whose case it is."""
        return self._root.query_one("#customer", CustomerChooser)

    @property
    def category(self) -> CategoryPicker:
        """What it is about."""
        return self._root.query_one("#category", CategoryPicker)

    def row(self, name: str) -> PickRow:
        """Options side by side."""
        return self._root.query_one(f"#{name}", PickRow)

    def text(self, name: str) -> TextField:
        """A plain field."""
        return self._root.query_one(f"#{name}", TextField)

    def told(self, name: str) -> MaskedField:
        """A field that masks."""
        return self._root.query_one(f"#{name}", MaskedField)

    def asked(self, name: str) -> Asked:
        """The question with its label."""
        return self._root.query_one(f"#asked-{name}", Asked)

    # --- the form ---

    def form(self, kind: KindView | None, opened_at: str) -> CaseForm:
        """What stands in the questions that are asked."""
        asks = kind.asks if kind is not None else frozenset({"category", "narrative", "promise"})
        values: dict[str, Any] = {name: self.text(name).text for name in TYPED if name in asks}
        values |= {name: self.row(name).value for name in PICKED if name in asks}
        values |= {name: self.told(name).said for name in SAID if name in asks}
        values["source"] = values.get("source") or "counter"
        return CaseForm(
            kind=kind.code if kind is not None else "",
            category=self.category.value,
            vulnerable=self.row("vulnerable").value == YES,
            opened_at=opened_at,
            **values,
        )

    def fill(self, form: CaseForm) -> None:
        """What stood in a form before; the kind's own questions are shown already."""
        self.category.choose(form.category)
        for name in TYPED:
            if getattr(form, name) or name != "promise":
                self.text(name).value = getattr(form, name)
        for name in PICKED:
            if getattr(form, name):
                self.row(name).chosen = (getattr(form, name),)
        for name in SAID:
            self.told(name).said = getattr(form, name)
        self.row("vulnerable").chosen = (YES if form.vulnerable else "no",)

    def begun(self) -> bool:
        """Whether somebody has answered anything; what is there by default does not count."""
        texts = [self.text(name).value for name in TYPED if name != "promise"]
        texts += [self.told(name).value for name in SAID]
        picked = (self.row("kind").value, self.customer.value, self.customer.field.value, self.category.value)
        return any(each.strip() for each in (*texts, *picked))

    # --- what is asked ---

    def show(self, kind: KindView | None, *, regulator: bool) -> None:
        """The questions of this kind; an authority's own only where one has handed the case on."""
        asks = kind.asks if kind is not None else frozenset[str]({"customer", "category", "narrative"})
        for asked in self._root.query(Asked):
            of_authority = asked.field in {"regulator_reference", "transferred_at"}
            asked.display = asked.field == "kind" or (asked.field in asks and (regulator or not of_authority))
        label = "topic" if kind is not None and kind.code == "suggestion" else "category"
        self.asked("category").put(t(f"register.ask.{label}"), "")
