"""An invented flow of seven steps, in both languages."""

# ruff: noqa: E501  a sentence and its translation stand on one line

from dataclasses import replace

from branch_console.locale import language
from branch_console.views import CaseStory, Choice, ConsentView, FieldView, JourneyLine, StepView

REASONS = (Choice("other_customer", "先服务其他客户"), Choice("no_time", "客户没有时间"))
LINE = JourneyLine("j1", "张*丰", "138****8000", "II", "paused", 3, 7, "查找客户", "g1", "王芳", True, "", 12, True)


def words(zh: str, en: str) -> str:
    """What reference data would say in the language of the moment."""
    return zh if language() == "zh" else en


def asked(field_id: str, kind: str, label: str, **more: object) -> FieldView:
    """A required question."""
    return replace(FieldView(field_id, kind, label, "", required=True), **more)  # type: ignore[arg-type]


def steps() -> dict[str, StepView]:
    """The steps of the invented flow."""
    segments = (
        Choice("default", words("普通客户", "Anyone")),
        Choice("young", words("年轻人", "Young")),
        Choice("merchant", words("小店主", "Shop owner")),
    )
    scenes = (Choice("commute", words("通勤", "Commute")), Choice("shop", words("收款", "Taking payments")))
    made = [
        _step(
            "need",
            words("了解需要", "Needs"),
            asked("segment", "choice", words("客户属于哪一类？", "Which kind of customer?"), choices=segments),
            asked("scene", "choices", words("平时在哪里付钱？", "Where do they pay?"), choices=scenes),
        ),
        _step(
            "fraud_gate",
            words("防骗确认", "Fraud check"),
            asked("told", "yesno", words("有没有人叫您来办理？", "Did anyone tell you to do this?")),
            asked("fee", "yesno", words("有没有人要您先付激活金？", "Did anyone ask for an activation fee?")),
        ),
        replace(
            _step("consent", words("告知与同意", "Notice and consent")),
            consents=tuple(
                ConsentView(
                    "notice",
                    2,
                    scope,
                    words(title, scope),
                    words(
                        "我们记录手机号和办理结果，用于这次办理，七天后删除。您可以随时撤回。",
                        "We keep the phone number and the outcome for this journey and delete them after seven days. You may withdraw at any time.",
                    ),
                    scope == "sensitive",
                    None,
                )
                for scope, title in (("general", "个人信息告知"), ("sensitive", "敏感信息单独告知"))
            ),
        ),
        _step(
            "lookup",
            words("查找客户", "Look-up"),
            asked("name", "name", words("姓名", "Name")),
            asked("phone", "phone", words("手机号", "Phone"), hint=words("只保存掩码", "Only kept masked")),
        ),
        replace(
            _step(
                "official_app",
                words("安装官方应用", "Official app"),
                asked("ok", "yesno", words("应用名称和开发者都核对过？", "Name and developer checked?")),
            ),
            qr="https://example.invalid/app/official?branch=SZ-FT",
            qr_caption=words(
                "数字人民币（试点版）· 中国人民银行数字货币研究所", "e-CNY pilot · Digital Currency Institute"
            ),
        ),
        replace(
            _step("review", words("核对内容", "Check answers")),
            confirms=True,
            staff_says=words("请您看一遍，有不对的地方我们现在改。", "Please read it; we change what is wrong."),
        ),
        replace(
            _step(
                "feedback",
                words("评价", "Feedback"),
                asked(
                    "rating",
                    "choice",
                    words("客户评价", "Rating"),
                    choices=(Choice("5", "5"), Choice("3", "3")),
                    required=False,
                ),
            ),
            required=False,
        ),
    ]
    return {each.id: replace(each, number=at, total=len(made)) for at, each in enumerate(made, start=1)}


def _step(step: str, title: str, *fields: FieldView) -> StepView:
    return StepView(
        id=step, number=0, total=0, title=title, status="not_started", required=True,
        customer_does=words("在自己的手机上操作，工作人员不代办。", "Does it on their own phone; staff never do."),
        staff_says=words("您慢慢来，验证码不要告诉任何人，包括我。", "Take your time. Give the code to nobody, not even me."),
        stories=(CaseStory(words("激活金骗局", "The activation fee"), words("有人被要求先付激活金，钱没有回来。", "Somebody was asked to pay a fee first and lost it.")),),
        checks=(words("客户本人操作", "The customer does it"),), never_record=(words("验证码", "codes"), words("密码", "passwords")),
        troubleshooting=(words("换到网点的无线网络再试", "Try the branch's wireless network"),), fields=fields,
        skip_reasons=REASONS, fail_reasons=(Choice("network", words("网络不通", "No network")),), reason="", target_seconds=60, active_ms=0,
    )  # fmt: skip
