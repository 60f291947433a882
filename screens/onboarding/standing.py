"""Which page a journey calls for, and the words of those that are only a notice."""

from branch_console.locale import t
from branch_console.views import JourneyView
from screens.onboarding.notice_pane import NoticePane
from screens.signs import sign
from screens.text import one_line
from screens.widgets.choices import Option

STEPS = ("step", "consent", "review")
"""The pages on which a step is being worked on."""


def standing(journey: JourneyView) -> str:
    """step, review, consent, complete, paused, offered, interrupted, elsewhere or ended."""
    if journey.status in ("finished", "abandoned"):
        return "ended"
    if journey.status == "offered" and journey.offer is not None:
        return "offered"
    if not journey.mine or journey.elsewhere:
        return "elsewhere"
    return journey.status if journey.status in ("interrupted", "paused") else _page_of_step(journey)


def _page_of_step(journey: JourneyView) -> str:
    if journey.step is None:
        return "complete"
    if journey.step.confirms:
        return "review"
    return "consent" if journey.step.consents else "step"


def notice_of(journey: JourneyView) -> NoticePane:
    """The page for a journey that is not being worked on here and now."""
    pages = {"ended": _ended, "offered": _offered, "elsewhere": _elsewhere, "paused": _paused, "complete": _complete}
    return pages[standing(journey)](journey)


def _way(journey: JourneyView, act: str, label: str = "") -> Option:
    return Option(act, t(label or f"onboarding.way.{act}"), why_not=journey.can.get(act, ""))


def _leave() -> Option:
    return Option("leave", t("onboarding.way.leave"))


def _paused(journey: JourneyView) -> NoticePane:
    return NoticePane(
        t("onboarding.paused.title"),
        [t("onboarding.paused.text")],
        [_way(journey, "resume"), _leave(), _way(journey, "offer"), _way(journey, "abandon")],
    )


def _complete(journey: JourneyView) -> NoticePane:
    open_steps = [row.title for row in journey.rows if not row.required and row.status == "not_started"]
    optional = t("onboarding.complete.optional", steps=one_line(t("onboarding.list_separator").join(open_steps)))
    return NoticePane(
        f"{sign('done')} {t('onboarding.complete.title')}",
        [t("onboarding.complete.text"), optional if open_steps else ""],
        [_way(journey, "finish"), _way(journey, "review"), _way(journey, "steps"), _leave()],
    )


def _elsewhere(journey: JourneyView) -> NoticePane:
    where = one_line(journey.elsewhere)
    held = t("onboarding.elsewhere.text", name=one_line(journey.holder_name), where=where or t("onboarding.here"))
    why = journey.can.get("take_over", "")
    return NoticePane(
        t("onboarding.elsewhere.title"),
        [held, why or t("onboarding.elsewhere.take_over")],
        [_leave(), _way(journey, "take_over"), Option("steps", t("onboarding.way.steps"))],
    )


def _offered(journey: JourneyView) -> NoticePane:
    offer = journey.offer
    if offer is None:
        return _elsewhere(journey)
    to = (
        t("onboarding.offer.counter")
        if offer.to == "counter"
        else one_line(offer.staff_name) or t("onboarding.anybody")
    )
    lines = [t("onboarding.offer.text", by=one_line(offer.by_name), to=to, reason=one_line(offer.reason))]
    if offer.note:
        lines.append(t("onboarding.offer.note", note=one_line(offer.note)))
    if offer.queue_number:
        lines.append(t("onboarding.offer.queue", number=one_line(offer.queue_number)))
    ways = []
    if offer.to == "counter":
        ways.append(_way(journey, "accept_at_counter"))
    if offer.for_me and offer.to != "counter":
        ways += [_way(journey, "accept"), _way(journey, "decline")]
    if offer.mine:
        ways.append(_way(journey, "withdraw_offer"))
    return NoticePane(t("onboarding.offered.title"), lines, [*ways, _leave()])


def _ended(journey: JourneyView) -> NoticePane:
    minutes, seconds = divmod(journey.total_active_ms // 1000, 60)
    if journey.status == "finished":
        opened = t("onboarding.ended.wallet", wallet=t(f"onboarding.class.{journey.target}"))
        lines = [opened, t("onboarding.ended.time", minutes=minutes, seconds=seconds)]
        title = f"{sign('done')} {t('onboarding.ended.finished')}"
    else:
        title, lines = t("onboarding.ended.abandoned"), [t("onboarding.ended.kept")]
    ways = [Option("new", t("onboarding.way.new")), _leave(), Option("steps", t("onboarding.way.steps"))]
    if journey.status == "finished":
        ways.insert(1, Option("gifts", t("onboarding.way.gifts"), note="F3"))
        ways.append(_way(journey, "withdraw_consent"))
    return NoticePane(title, lines, ways)
