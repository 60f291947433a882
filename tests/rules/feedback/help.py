"""Feedback of invented customers: labelled lines in both languages, made by hand, nobody's words."""

from datetime import date, timedelta
from pathlib import Path

from branch_console.rules.documents import read_document
from branch_console.rules.feedback.lexicon import Lexicon
from branch_console.rules.feedback.topics import Feedback, Period

FILE = Path("data/reference/feedback/lexicon.v1.toml")
LEXICON = read_document(Lexicon, FILE.name, FILE.read_text("utf-8"))
WEEK = Period(date(2026, 11, 16), date(2026, 11, 22))

LABELLED: list[tuple[str, set[str]]] = [
    ("昨天在超市买菜被扣了两次，要求把多的退给我", {"charged_twice"}),
    ("My wallet was charged twice… 我要求退款", {"charged_twice", "refund"}),
    ("早上收到短信说扣了88元，不是我付的，怀疑被盗", {"unknown_charge"}),
    ("There is an unauthorised payment that I did not make", {"unknown_charge"}),
    ("转账显示成功，对方说一直没到账", {"not_arrived"}),
    ("The transfer has not arrived after two days", {"not_arrived"}),
    ("说三天退款，一个星期了还没退", {"refund"}),
    ("排队等了一个多小时，只开一个窗口", {"waiting"}),
    ("We waited an hour, far too long", {"waiting"}),
    ("柜台人员态度冷淡，问什么都不耐烦", {"attitude"}),
    ("工作人员没耐心，话没说完就打断", {"attitude"}),
    ("The lady at the desk was rude", {"attitude"}),
    ("两个工作人员说法不一，最后也说不清", {"knowledge"}),
    ("Staff gave different answers each time", {"knowledge"}),
    ("软件一打开就闪退，重装也没用", {"app_fault"}),
    ("The app crashes when I open it", {"app_fault"}),
    ("验证码一直收不到，登录不了", {"login"}),
    ("I forgot my password and cannot log in", {"login"}),
    ("人脸识别试了五次都不通过", {"identity"}),
    ("Face recognition never works with my glasses", {"identity"}),
    ("绑卡提示卡种不支持", {"bind_card"}),
    ("I tried to link my card three times", {"bind_card"}),
    ("单笔限额太低，买手机付不了", {"limits", "pay_fails"}),
    ("Please raise the limit for class four", {"limits"}),
    ("楼下小店不收数字人民币", {"merchants"}),
    ("The market stall does not accept e-CNY", {"merchants"}),
    ("付款失败三次，后面排了很多人", {"pay_fails"}),
    ("Payment failed at the till", {"pay_fails"}),
    ("活动说满200送大米，到了说发完了", {"gifts"}),
    ("I never got the voucher", {"gifts"}),
    ("活动规则不清，宣传和实际不一样", {"campaign_rules"}),
    ("The poster is misleading", {"campaign_rules"}),
    ("开户步骤太多，填了半小时", {"opening"}),
    ("Signing up has too many steps", {"opening"}),
    ("客服电话打不通，没有人回电", {"hotline"}),
    ("Nobody answered the phone all morning", {"hotline"}),
    ("开完钱包天天有推销电话，怀疑个人信息泄露", {"privacy"}),
    ("Why do you need my personal data?", {"privacy"}),
    ("收到陌生链接叫我升级，是不是诈骗", {"fraud"}),
    ("I think this message is a scam", {"fraud"}),
    ("字太小，老人看不清", {"elderly"}),
    ("The print is too small for elderly people", {"elderly"}),
    ("大厅空调太冷，座位也少", {"place"}),
    ("There is no parking", {"place"}),
    ("提现为什么要手续费", {"fees"}),
    ("What is this fee for?", {"fees"}),
    ("小王很耐心，教了我妈妈半小时，特别感谢", {"thanks"}),
    ("Very friendly and helpful, thank you", {"thanks"}),
    ("建议门口放一把公用拐杖", set()),
    ("The music in the lobby should be quieter", set()),
    ("叶子掉在门口没人扫", set()),
]


def said(texts: list[str], day: date = WEEK.last, first: int = 0) -> list[Feedback]:
    """Texts of one day, with ids in their order."""
    return [Feedback(f"f{first + number:05d}", day, text) for number, text in enumerate(texts)]


def weeks_before(weeks: int) -> date:
    return WEEK.last - timedelta(weeks=weeks)
