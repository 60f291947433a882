"""Invented customers, campaigns and claims, in both languages."""

from branch_console.gift_views import (
    AttestField,
    ClaimLine,
    ExplainView,
    FactLine,
    HandOverView,
    ItemChoice,
    NodeView,
    OfferLine,
    PersonView,
    SlipView,
)
from branch_console.locale import language
from branch_console.views import StaffChoice


def words(chinese: str, english: str) -> str:
    """In the language of now."""
    return chinese if language() == "zh" else english


def person(number: int = 1, name: str = "张*丰", journey: str | None = None) -> PersonView:
    known = (words("证件", "document"), words("手机号", "phone"))
    return PersonView(f"p{number}", name, f"138****800{number}", known, journey)


def offer(
    campaign: str, verdict: str, verdict_words: str, title: str, sentence: str, reward: str, group: str = ""
) -> OfferLine:
    left = words("余 41", "41 left")
    return OfferLine(campaign, 1, title, verdict, verdict_words, sentence, reward, left, "12-12", group)


def rice(verdict: str = "NOT_YET") -> OfferLine:
    if verdict == "ELIGIBLE":
        return offer(
            "rice",
            verdict,
            words("可以领取", "Eligible"),
            words("双十二满 500 送米", "Double Twelve rice"),
            words("三十天内已消费 512.00 元。", "512.00 yuan spent within 30 days."),
            words("大米 5 公斤", "Rice, 5 kg"),
        )
    return offer(
        "rice",
        "NOT_YET",
        words("还差一点", "Not yet"),
        words("双十二满 500 送米", "Double Twelve rice"),
        words("12 月 12 日前再消费 120.00 元，就能领取。", "Spend 120.00 yuan more by 12 December."),
        words("大米 5 公斤", "Rice, 5 kg"),
    )


def offers(verdict: str = "NOT_YET") -> tuple[OfferLine, ...]:
    points, oil = words("500 积分", "500 points"), words("食用油 5 升", "Oil, 5 l")
    return (
        offer(
            "first",
            "ELIGIBLE",
            words("可以领取", "Eligible"),
            words("首付立减", "First payment"),
            words("客户符合全部条件。", "All conditions are met."),
            words("立减 10.00 元", "10.00 yuan off"),
            "tie",
        ),
        offer(
            "oil",
            "NEEDS_APPROVAL",
            words("需要复核", "Needs approval"),
            words("新年送油", "New Year oil"),
            words("价值高，需要第二人。", "Of value: a second person is needed."),
            oil,
            "tie",
        ),
        rice(verdict),
        offer(
            "points",
            "NEED_SYNC",
            words("要联网", "Need to sync"),
            words("积分兑换", "Points exchange"),
            words("不知道累计积分，联网后再查。", "Points are not known; ask central."),
            points,
        ),
        offer(
            "idea",
            "VOUCHER",
            words("发凭证", "Voucher"),
            words("金点子奖励", "Useful idea"),
            words("超过断网时的限额，可先发凭证。", "Above the limit of an outage: a voucher."),
            points,
        ),
        offer(
            "friend",
            "ALREADY_CLAIMED",
            words("已经领过", "Already claimed"),
            words("推荐有礼", "Referral"),
            words("11 月 20 日在广东领过。", "Claimed on 20 November in Guangdong."),
            points,
        ),
        offer(
            "staff",
            "NO",
            words("不能参加", "No"),
            words("青年专享", "Young people"),
            words("年龄不在 18 至 28 岁之间。", "Not between 18 and 28 years old."),
            points,
        ),
    )


def facts() -> tuple[FactLine, ...]:
    central, listed = words("中心", "central"), words("领取名单", "list of claims")
    return (
        FactLine(words("消费记录", "payments"), words("6 笔，380.00 元", "6, 380.00 yuan"), central, "14:20"),
        FactLine(words("领取过", "claimed before"), words("没有", "no"), listed, "09:12", stale=True),
    )


def tree() -> NodeView:
    yuan = words("还差 120.00 元", "120.00 yuan missing")
    payments = words("还差 4 笔", "4 missing")
    customer, sync = words("客户可以办到", "the customer can"), words("联网后", "after a sync")
    return NodeView(
        False,
        words("以下全部", "all of"),
        children=(
            NodeView(True, words("活动期内：12 月 1 日至 12 日", "in the period, 1 to 12 December")),
            NodeView(
                False,
                words("以下之一", "one of"),
                children=(
                    NodeView(
                        False,
                        words(
                            "三十天内消费满 500.00 元，现有 380.00 元", "500.00 yuan spent within 30 days, have 380.00"
                        ),
                        yuan,
                        words("中心 14:20", "central 14:20"),
                        customer,
                    ),
                    NodeView(
                        False,
                        words("三十天内付款满 10 笔，现有 6 笔", "10 payments within 30 days, have 6"),
                        payments,
                        "",
                        customer,
                    ),
                ),
            ),
            NodeView(True, words("不是：本行员工或亲属", "not: staff or a relative")),
            NodeView(
                None,
                words("全国没有领过", "not claimed before, nation-wide"),
                "",
                words("名单 09:12", "list 09:12"),
                sync,
            ),
        ),
    )


def explained(verdict: str = "NOT_YET", **acts: str) -> ExplainView:
    blocked = words("还差 120.00 元，现在不能发放。", "120.00 yuan are missing.")
    free = verdict == "ELIGIBLE"
    return ExplainView(
        person(),
        rice(verdict),
        tree(),
        words(
            "12 月 12 日前再消费 120.00 元，或再付款 4 笔。",
            "Spend 120.00 yuan more by 12 December, or make 4 more payments.",
        ),
        (
            words(
                "输给「新年送油」：同组只能领一个。",
                "Lost to New Year oil because only one of the group may be claimed.",
            ),
        ),
        facts(),
        (
            (words("奖品种类", "Kinds"), words("大米 5 公斤一袋", "One bag of rice, 5 kg")),
            (words("联系方式", "Contact"), words("大堂 0755-0000", "Lobby 0755-0000")),
        ),
        words("每次断网每台终端最多 3 份，180.00 元。", "3 per terminal and outage, 180.00 yuan."),
        {"hand_over": "" if free else blocked, "voucher": blocked, "attest": "", "refresh": "", **acts},
    )


def reservation(**changes: object) -> HandOverView:
    place = words("柜台抽屉 K-02", "drawer K-02")
    rice_bag = words("大米 5 公斤", "Rice, 5 kg")
    values: dict[str, object] = {
        "claim": "claim/1",
        "person": person(),
        "line": rice("ELIGIBLE"),
        "choices": (
            ItemChoice("RICE|L1", rice_bag, place, "L1", "2027-01-31", 3),
            ItemChoice("RICE|L2", rice_bag, words("货架", "shelf"), "L2", "2027-05-31", 20),
        ),
        "right": words("中心已预留", "held at central"),
        "kept_until": "14:52",
        "confirmations": (
            ("customer_code", words("客户报码", "customer's code")),
            ("signature_note", words("签收单", "signature")),
        ),
        "code_hint": words("请客户念手机上收到的 6 位数字。", "The customer reads out 6 digits from the phone."),
        "second_needed": words("价值 268.00 元，须第二人同意。", "Worth 268.00 yuan: a second person must approve."),
        "second_staff": (StaffChoice("S2001", "李建国", "supervisor"), StaffChoice("G1002", "陈静", "guide")),
        "terms": "",
        "kept_seconds": 1752,
    }
    return HandOverView(**(values | changes))  # type: ignore[arg-type]


def slip(claim: str = "claim/1") -> SlipView:
    lines = (
        "深圳福田支行".center(42),
        words("礼品发放回执", "Gift receipt"),
        "-" * 48,
        words("活动  双十二满 500 送米", "Campaign  Double Twelve rice"),
        words("礼品  大米 5 公斤 x 1", "Reward    Rice, 5 kg x 1"),
        words("客户  张*丰  138****8001", "Customer  Z*f  138****8001"),
        words("经办  王芳   复核  李建国", "Staff     Wang Fang  approved by Li Jianguo"),
        "2026-12-05 14:25",
        "-" * 48,
        words("凭此回执可在七天内退换。", "May be returned within seven days."),
    )
    return SlipView(claim, "755001-K02-0007", lines, "BC1:755001-K02-0007", words("礼品回执", "Gift slip"))


def claim(number: int = 1, status: str = "reserved") -> ClaimLine:
    said = {
        "reserved": words("保留中", "Reserved"),
        "vouchered": words("待确认凭证", "Voucher"),
        "handed_over": words("已发放", "Handed over"),
        "released": words("已放弃", "Released"),
        "returned": words("已退回", "Returned"),
    }[status]
    title, bag = words("双十二满 500 送米", "Double Twelve rice"), words("大米 5 公斤", "Rice, 5 kg")
    return ClaimLine(
        f"claim/{number}",
        f"755001-K02-000{number}",
        "张*丰",
        "138****8001",
        title,
        bag,
        status,
        said,
        "",
        "王芳",
        "14:25",
        True,
    )


def attestable() -> tuple[AttestField, ...]:
    return (
        AttestField(
            "payments",
            words("三十天内的一笔消费", "a payment within 30 days"),
            "yuan",
            words("例如 120.00", "such as 120.00"),
        ),
        AttestField("first_wallet", words("第一个钱包", "first wallet"), "yesno"),
        AttestField("wallet_opened_on", words("开立日期", "opened on"), "date", "2026-12-01"),
    )


RELEASE = (("customer_left", ("客户走了", "the customer left")), ("mistake", ("弄错了", "a mistake")))
RETURN = (("damaged", ("破损", "damaged")), ("unwanted", ("客户不想要", "not wanted")))
