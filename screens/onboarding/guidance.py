"""What a step asks of everybody: the customer does, you may say, check, never record."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from branch_console.locale import t
from branch_console.views import StepView
from screens.onboarding.prose import Prose
from screens.signs import sign
from screens.text import plain
from screens.widgets import css_beside


class Guidance(Vertical):
    """One block a speaker, its label in a column of its own, so that the eye finds the sentence to say."""

    DEFAULT_CSS = css_beside(__file__)

    def __init__(self, step: StepView) -> None:
        super().__init__()
        self._step = step

    def compose(self) -> ComposeResult:
        """The blocks that this step has."""
        step = self._step
        yield from self._block("does", t("onboarding.customer_does"), step.customer_does)
        yield from self._block("says", t("onboarding.staff_says"), step.staff_says)
        yield from self._block("checks", t("onboarding.checks"), _listed(step.checks, "not_started"))
        yield from self._block("limits", t("onboarding.limits"), _limits(step))
        yield from self._block("never", t("onboarding.never_record"), _joined(step.never_record))
        yield from self._block("reason", t("onboarding.left_because"), step.reason)
        yield from self._block("qr", t("onboarding.qr.short"), t("onboarding.qr.how") if step.qr else "")

    def _block(self, name: str, label: str, text: str) -> ComposeResult:
        if text:
            with Horizontal(classes=f"block {name}"):
                yield Static(plain(label), classes="label")
                yield Prose(text, classes="text")


def _limits(step: StepView) -> str:
    """In one line, as far as it goes."""
    return f"  {sign('separator')}  ".join(f"{name} {value}" for name, value in step.limits)


def _listed(items: tuple[str, ...], mark: str) -> str:
    return "\n".join(f"{sign(mark)} {item}" for item in items)


def _joined(items: tuple[str, ...]) -> str:
    return f"{sign('warning')} {t('onboarding.list_separator').join(items)}" if items else ""
