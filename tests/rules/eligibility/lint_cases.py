"""A good campaign file, and bad ones: what stood there, what stands there now, where the lint says what."""

FILE = "autumn.v1.toml"
GOOD = """\
id = "autumn"
version = 1
effective_from = 2026-10-26
title = { zh = "秋日礼", en = "Autumn" }
identity = "document"
group = "autumn"
max_per_group = 1
priority = 10
quantity = 100
budget_fen = 1000000
unit_cost_fen = 6900
unit_value_fen = 8990
tax_treatment = "incidental_income"
compliance_reference = "HG-1"

[runs]
from = 2026-11-02
to = 2026-11-30

[reward]
kind = "gift"
choices = [
  { sku = "RICE-5KG", quantity = 1 },
  { sku = "OIL-5L" },
]

[rule]
type = "all"

[[rule.of]]
type = "claims_below"
scope = "person"
window = "campaign"
cap = 1

[[rule.of]]
type = "age_between"
min = 16
max = 60

[[rule.of]]
type = "not_insider"

[[rule.of]]
type = "no_open_hold"

[[rule.of]]
type = "attr_in"
attr = "province"
values = ["江苏", "浙江"]

[[rule.of]]
type = "any"

[[rule.of.of]]
type = "spend_in_window"
window = "days"
days = 30
at_least_fen = 50000

[[rule.of.of]]
type = "segment_any"
segments = ["young"]

[[rule.of]]
type = "stock"
skus = ["RICE-5KG", "OIL-5L"]

[offline]
mode = "lease"
lease_per_terminal = 5
per_terminal = 5
per_staff = 3
per_campaign = 5
most_value_fen = 9000

[disclosure]
kinds = { zh = "米或油", en = "Rice or oil" }
conditions = { zh = "消费满 500 元", en = "Spend 500 yuan" }
method = { zh = "到网点领取", en = "Collect at a branch" }
times = { zh = "十一月", en = "In November" }
quantity_or_probability = { zh = "共 100 份", en = "100 in all" }
delivery = { zh = "当场", en = "At once" }
organiser = { zh = "示例银行", en = "Example Bank" }
contact = { zh = "网点", en = "Any branch" }
"""
AGE = 'type = "age_between"\nmin = 16\nmax = 60\n'
INSIDER = '[[rule.of]]\ntype = "not_insider"\n'
SPEND = 'type = "spend_in_window"\nwindow = "days"\ndays = 30\nat_least_fen = 50000\n'
CAP = '[[rule.of]]\ntype = "claims_below"\nscope = "person"\nwindow = "campaign"\ncap = 1\n'
STOCK = 'type = "stock"\nskus = ["RICE-5KG", "OIL-5L"]\n'
YOUNG = 'type = "segment_any"\nsegments = ["young"]\n'
GIFT = 'kind = "gift"\nchoices = [\n  { sku = "RICE-5KG", quantity = 1 },\n  { sku = "OIL-5L" },\n]\n'
MODE = (
    'mode = "lease"\nlease_per_terminal = 5\nper_terminal = 5\nper_staff = 3\nper_campaign = 5\nmost_value_fen = 9000\n'
)

# What stood there, what stands there now, the text on whose line the finding is, key, code.
BAD: list[tuple[str, str, str, str, str]] = [
    ("version = 1", "version = = 1", "version = =", "", "not_toml"),
    ("version = 1\n", "", 'id = "autumn"', "version", "missing"),
    ("version = 1", 'version = "1"', 'version = "1"', "version", "wrong_value"),
    ("version = 1", "version = 0", "version = 0", "version", "too_small"),
    ("version = 1", "version = 2", "version = 2", "version", "file_name"),
    ('id = "autumn"', 'id = "Autumn!"', 'id = "Autumn!"', "id", "wrong_form"),
    ('identity = "document"', 'identity = "face"', 'identity = "face"', "identity", "not_one_of"),
    ("priority = 10", "prioritty = 10", "prioritty", "prioritty", "unknown_key"),
    ("to = 2026-11-30", "to = 2026-11-01", "to = 2026-11-01", "runs.to", "period_empty"),
    (
        "effective_from = 2026-10-26",
        "effective_from = 2026-11-03",
        "effective_from",
        "effective_from",
        "published_after_start",
    ),
    ('kind = "gift"', 'kind = "gold"', 'kind = "gold"', "reward.kind", "unknown_type"),
    ("quantity = 1 }", "quantity = 0 }", "quantity = 0 }", "reward.choices.0.quantity", "too_small"),
    ('sku = "OIL-5L" }', 'sku = "OIL-9L" }', "OIL-9L", "reward.choices.1.sku", "unknown_sku"),
    ('sku = "OIL-5L" }', 'sku = "RICE-5KG" }', '{ sku = "RICE-5KG" }', "reward.choices.1.sku", "sku_twice"),
    ('skus = ["RICE-5KG", "OIL-5L"]', 'skus = ["GOLD"]', 'skus = ["GOLD"]', "rule.of.6.skus.0", "unknown_sku"),
    ('skus = ["RICE-5KG", "OIL-5L"]', 'skus = ["UMBRELLA"]', "UMBRELLA", "rule.of.6.skus", "stock_of_other_items"),
    (GIFT, 'kind = "points"\npoints = 5\n', "stock", "rule.of.6", "stock_without_gift"),
    (GIFT, 'kind = "points"\npoints = -5\n', "points = -5", "reward.points", "too_small"),
    (AGE, 'type = "age_beween"\n', "age_beween", "rule.of.1.type", "unknown_type"),
    (AGE, "min = 16\n", "min = 16", "rule.of.1", "missing_type"),
    ("max = 60", "max = 15", "max = 15", "rule.of.1.max", "range_empty"),
    (AGE, 'type = "age_between"\n', "age_between", "rule.of.1", "says_nothing"),
    ("min = 16\n", "", "[rule]", "rule", "no_age_gate"),
    (INSIDER, "", "[rule]", "rule", "no_insider_check"),
    (CAP, CAP + CAP.replace("person", "device"), 'scope = "device"', "rule.of.1.scope", "scope_unknowable"),
    ("min = 16\n", "min = 14\n", "[rule]", "rule", "minors"),
    (AGE, f'{AGE}\n[[rule.of]]\ntype = "age_between"\nmin = 61\n', "min = 61", "rule.of.2", "contradiction"),
    (AGE, f'{AGE}\n[[rule.of]]\ntype = "age_between"\nmin = 15\n', "min = 15", "rule.of.2", "redundant"),
    (
        AGE,
        AGE + '\n[[rule.of]]\ntype = "attr_in"\nattr = "province"\nvalues = ["上海"]\n',
        '["江苏"',
        "rule.of.5",
        "contradiction",
    ),
    (
        AGE,
        f'{AGE}\n[[rule.of]]\ntype = "not"\n[rule.of.of]\ntype = "not_insider"\n',
        'type = "not"\n',
        "rule.of.2",
        "limit_negated",
    ),
    (
        AGE,
        AGE + '\n[[rule.of]]\ntype = "segment_none"\nsegments = ["young", "x"]\n[[rule.of]]\n' + YOUNG,
        'type = "segment_any"',
        "rule.of.3",
        "contradiction",
    ),
    (
        AGE,
        f'{AGE}\n[[rule.of]]\ntype = "period"\nfrom = 2026-12-01\n',
        "2026-12-01",
        "rule.of.2",
        "period_outside_runs",
    ),
    (AGE, f'{AGE}\n[[rule.of]]\ntype = "period"\n', 'type = "period"', "rule.of.2", "says_nothing"),
    (
        AGE,
        f'{AGE}\n[[rule.of]]\ntype = "recurring"\nhours = [{{ start = 9, end = 9 }}]\n',
        "end = 9",
        "rule.of.2.hours.0.end",
        "hours_empty",
    ),
    (AGE, f'{AGE}\n[[rule.of]]\ntype = "consent"\npurpose = "ads"\n', "ads", "rule.of.2.purpose", "consent_as_price"),
    (
        AGE,
        f'{AGE}\n[[rule.of]]\ntype = "budget_left"\nat_least_fen = 1\n',
        "at_least_fen = 1",
        "rule.of.2.at_least_fen",
        "budget_left_below_cost",
    ),
    (AGE, f'{AGE}\n[[rule.of]]\ntype = "first_wallet"\n', "first_wallet", "rule.of.2", "opening_reward"),
    ("days = 30\n", "", '[[rule.of.of]]\ntype = "spend', "rule.of.5.of.0.days", "days_without_window"),
    ("at_least_fen = 50000", "at_least_fen = 0", "at_least_fen = 0", "rule.of.5.of.0.at_least_fen", "too_small"),
    (
        YOUNG,
        'type = "spend_in_window"\nwindow = "days"\ndays = 30\nat_least_fen = 60000\n',
        "60000",
        "rule.of.5.of.1",
        "unreachable_branch",
    ),
    (
        YOUNG,
        'type = "all"\n[[rule.of.of.of]]\ntype = "customer_kind"\nkind = "individual"\n'
        '[[rule.of.of.of]]\ntype = "customer_kind"\nkind = "small_business"\n',
        'type = "all"\n[[rule.of.of.of]]',
        "rule.of.5.of.1",
        "dead_branch",
    ),
    (
        YOUNG,
        f'type = "not"\n[rule.of.of.of]\n{SPEND}',
        'type = "any"',
        "rule.of.5",
        "always_true",
    ),
    (f"\n[[rule.of.of]]\n{YOUNG}", "", 'type = "any"', "rule.of.5", "single_part"),
    ('type = "any"', 'type = "at_least_n"\nn = 3', "n = 3", "rule.of.5.n", "at_least_n_impossible"),
    ('type = "any"', 'type = "at_least_n"\nn = 1', "n = 1", "rule.of.5.n", "at_least_n_plain"),
    (CAP, "", "[rule]", "rule", "no_person_cap"),
    ('scope = "person"', 'scope = "device"', "[rule]", "rule", "no_person_cap"),
    ("cap = 1", "cap = 2", "[rule]", "rule", "more_than_once"),
    ("cap = 1", "cap = 101", "cap = 101", "rule.of.0.cap", "cap_above_quantity"),
    (
        YOUNG,
        'type = "claims_below"\nscope = "phone"\nwindow = "day"\ncap = 1\n',
        'scope = "phone"',
        "rule.of.5.of.1",
        "cap_position",
    ),
    ('type = "no_open_hold"', 'type = "risk_below"\nscore = 90', "[rule]", "rule", "no_hold_check"),
    ("quantity = 100\nbudget_fen = 1000000\n", "", "[reward]", "reward", "no_limit"),
    ("budget_fen = 1000000", "budget_fen = 689999", "budget_fen", "budget_fen", "budget_low"),
    ("unit_cost_fen = 6900", "unit_cost_fen = 5000", "unit_cost_fen", "unit_cost_fen", "unit_cost_low"),
    ("unit_value_fen = 8990", "unit_value_fen = 6990", "unit_value_fen", "unit_value_fen", "unit_value_low"),
    ("unit_value_fen = 8990", "unit_value_fen = 100001", "unit_value_fen", "unit_value_fen", "gift_value_high"),
    (
        "priority = 10",
        "approval_threshold_fen = 20001",
        "approval_threshold",
        "approval_threshold_fen",
        "approval_high",
    ),
    ('"incidental_income"', '"to_confirm"', "to_confirm", "tax_treatment", "tax_to_confirm"),
    ('"HG-1"', '" "', "compliance_reference", "compliance_reference", "no_compliance_reference"),
    ('"HG-1"', '"待定"', "compliance_reference", "compliance_reference", "no_compliance_reference"),
    ("priority = 10", 'prize_mode = "lottery"', "lottery", "prize_mode", "top_prize_missing"),
    ("priority = 10", 'prize_mode = "lottery"\ntop_prize_fen = 5000001', "5000001", "top_prize_fen", "top_prize_high"),
    ("priority = 10", "top_prize_fen = 5", "top_prize_fen", "top_prize_fen", "top_prize_without_draw"),
    ("priority = 10", 'prize_mode = "lottery"\ntop_prize_fen = 5', 'mode = "lease"', "offline.mode", "draw_offline"),
    ('delivery = { zh = "当场", en = "At once" }\n', "", "[disclosure]", "disclosure.delivery", "disclosure_missing"),
    ('en = "At once"', 'en = ""', "delivery", "disclosure.delivery.en", "disclosure_missing"),
    ('en = "At once"', 'en = " "', "delivery", "disclosure.delivery.en", "disclosure_missing"),
    ('en = "At once"', 'en = "TBD"', "delivery", "disclosure.delivery.en", "disclosure_unfinished"),
    ('"100 in all"', '"enough"', "enough", "disclosure.quantity_or_probability.en", "disclosure_without_number"),
    ('"消费满 500 元"', '"充值满 500 元"', "充值", "disclosure.conditions.zh", "deposit_words"),
    ('en = "Autumn"', 'en = "A gift for your deposit"', "deposit", "title.en", "deposit_words"),
    (MODE, MODE.replace("per_staff = 3", "per_staff = 0"), "per_staff", "offline.per_staff", "offline_cap_zero"),
    (
        "most_value_fen = 9000",
        "most_value_fen = 8989",
        "most_value_fen",
        "offline.most_value_fen",
        "offline_above_value",
    ),
    ("lease_per_terminal = 5", "lease_per_terminal = 101", "101", "offline.lease_per_terminal", "lease_above_quantity"),
    ("lease_per_terminal = 5\n", "", "[offline]", "offline.lease_per_terminal", "lease_empty"),
    ("quantity = 100\n", "", 'mode = "lease"', "offline.mode", "lease_without_quantity"),
    (
        'mode = "lease"',
        'mode = "provisional"',
        "lease_per_terminal",
        "offline.lease_per_terminal",
        "lease_without_mode",
    ),
    (MODE, 'mode = "voucher"\nper_staff = 1\n', "per_staff", "offline.per_staff", "offline_cap_unused"),
    (
        "most_value_fen = 9000",
        "most_value_fen = 9000\nfilter_max_age_hours = 25",
        "= 25",
        "offline.filter_max_age_hours",
        "filter_old",
    ),
    ("priority = 10", 'combinable_with = ["winter"]', "combinable", "combinable_with", "combinable_never"),
    ("priority = 10", 'combinable_with = ["autumn"]', "combinable", "combinable_with.0", "combinable_itself"),
    ('group = "autumn"\nmax_per_group = 1', "max_per_group = 2", "max_per_group", "max_per_group", "group_missing"),
    ("province", "balance", "balance", "rule.of.4.attr", "forbidden_fact"),
    ('type = "spend_in_window"', 'type = "top_up_in_window"', "top_up", "rule.of.5.of.0.type", "forbidden_fact"),
    ("at_least_fen = 50000", "min_balance = 50000", "min_balance", "rule.of.5.of.0.min_balance", "forbidden_fact"),
    ('segments = ["young"]', 'segments = ["高余额客户"]', "高余额", "rule.of.5.of.1.segments.0", "forbidden_fact"),
    (
        'segments = ["young"]',
        'segments = ["x", "savings_over_5k"]',
        "savings",
        "rule.of.5.of.1.segments.1",
        "forbidden_fact",
    ),
    ("[runs]\n", '[runs]\n"充值" = 1\n', "充值", "runs.充值", "forbidden_fact"),
    ('segments = ["young"]', 'segments = ["资产5万以上"]', "资产", "rule.of.5.of.1.segments.0", "forbidden_fact"),
    (
        "at_least_fen = 50000",
        'at_least_fen = 50000\nmcc = ["5411", "6540"]',
        "6540",
        "rule.of.5.of.0.mcc.1",
        "forbidden_fact",
    ),
]
WARNINGS = {
    "minors",
    "redundant",
    "always_true",
    "at_least_n_plain",
    "single_part",
    "double_not",
    "more_than_once",
    "no_hold_check",
    "consent_as_price",
    "budget_left_below_cost",
    "opening_reward",
    "gift_value_high",
    "approval_high",
    "tax_to_confirm",
    "deposit_words",
    "filter_old",
    "offline_cap_unused",
    "percent_high",
    "percent_low",
    "campaign_cap_without_quantity",
    "group_overlap",
    "group_shadowed",
}
