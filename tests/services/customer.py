"""An invented customer who answers whatever the views ask, harmlessly."""

from dataclasses import dataclass

from branch_console.services.onboarding import OnboardingDesk
from branch_console.views import FieldView, JourneyView, StepView

NAME = "欧阳静怡"
PHONE = "13912345678"
DOCUMENT = "11010519491231002X"

_NO = {"told_by_someone", "asked_for_secret", "password_free"}
_PREFERRED = ("general", "16_59", "IT01", "nothing", "none_found", "new", "no_wallet")
_TYPED = {
    "name": NAME,
    "phone": PHONE,
    "document": DOCUMENT,
    "text": "演示银行",
    "last4": "1234",
    "wallet_tail": "0022501234",
    "number": "3",
}


@dataclass
class Customer:
    """At one desk. `on` is called before each step with its id."""

    desk: OnboardingDesk

    def start(self, target: str = "II") -> str:
        """Come in; returns the journey's subject."""
        return self.desk.start(target).subject

    def walk(self, subject: str, until: str = "") -> JourneyView:
        """Go through the steps, up to the one named or to the end of the path."""
        view = self.desk.open(subject)
        while view.status == "running" and view.step is not None and view.step.id != until:
            view = self.step(view, view.step)
            if view.can["finish"] == "" and not until:
                return self.desk.finish(subject)
        return view

    def step(self, view: JourneyView, step: StepView) -> JourneyView:
        """Answer everything that a step asks, and have it done."""
        for consent in step.consents:
            if consent.given is None:
                view = self.desk.consent(view.subject, consent.scope, True, "spoken", "zh", False)
        asked: set[str] = set()
        while view.step is not None and view.step.id == step.id:
            field = next((each for each in view.step.fields if each.id not in asked and not each.value), None)
            if field is None:
                break
            asked.add(field.id)
            view = self.desk.answer(view.subject, step.id, {field.id: answer_to(field)})
        return self.desk.done(view.subject, step.id, 5000, 0)


def answer_to(field: FieldView) -> str:
    """What this customer says."""
    if field.kind == "yesno":
        return "no" if field.id in _NO else "yes"
    if field.kind in {"choice", "choices"}:
        values = [each.value for each in field.choices]
        return next((each for each in _PREFERRED if each in values), values[0])
    return _TYPED[field.kind]
