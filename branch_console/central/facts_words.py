"""What stands in a file of facts, in words for whoever writes it. The rule itself: rules/eligibility/fact_schema.py."""

FACT_WORDS = {
    "(columns)": "kind, number or key, fact, value, as_of; kind is document, phone or wallet; value is JSON;"
    " as_of is RFC 3339 with an offset",
    "province": "text",
    "city": "text",
    "branch": "text: code of the home branch",
    "channel": "text",
    "app_version": "text",
    "born": '"YYYY-MM-DD"',
    "age_band": '"under_14", "14_15", "60_plus" …',
    "segments": "list of texts",
    "segments_version": "text",
    "customer_kind": '"individual" or "small_business"',
    "wallet_tier": '"IV", "III", "II" or "I"',
    "kyc": "1 to 4",
    "consent.<purpose>": "version of the text that was agreed to; 0 = refused",
    "insider": "true: staff, or a relative of staff; else false",
    "payments": '[{"on", "fen", "merchant", "mcc", "kind"}]: fen net of refunds, which are negative; kind is "spend",'
    ' "transfer" or "own_merchant"',
    "wallet_opened_on": '"YYYY-MM-DD"',
    "first_wallet": "true or false",
    "first_paid_on": '"YYYY-MM-DD" or null',
    "points": '{"accumulated", "spendable"}',
    "referrals": '[{"role", "milestone", "on"}]: role is "referrer" or "referee", milestone "opened" or'
    ' "first_payment"',
    "suggestions_accepted": 'list of "YYYY-MM-DD"',
    "risk": "0 to 100",
    "open_hold": "true: nothing may be given before somebody has looked; else false",
}
