"""Texts that people, files or other machines could send, and that must reach no terminal and break no screen."""

MARKUP = (
    "[/]",
    "[/b]",
    "[b]bold[/b]",
    "[VIP]客户",
    "客户说[/]余额",
    "[@click=app.exit]点这里[/]",
    "[@click=app.bell()]x[/@click]",
    "[[bold]",
    "a\\[b]",
    "[type=x, v={'a[0]'}]",
    "[/ 未闭合",
    "[link=https://evil.example]官网[/link]",
    "[red",
    "[$primary]x",
    "$name ${name} {name} %s %(x)s",
    "{0.__class__.__mro__}",
)
CONTROL = (
    "\x1b[2J\x1b[H清屏",
    "\x1b[31m红\x1b[0m",
    "\x1b]0;title\x07",
    "\x1b]52;c;ZXZpbA==\x07剪贴板",
    "\x1b]52;c;ZXZpbA==",
    "\x1b]8;;https://evil.example\x1b\\链接\x1b]8;;\x1b\\",
    '\x1bP$q"p\x1b\\',
    "\x1b_apc\x1b\\",
    "\x1bc重置",
    "\x9b31m八位",
    "\x9d0;title\x9c",
    "\x90dcs\x9c",
    "空\x00字节",
    "响铃\x07\x08\x0b\x0c\x7f",
    "回车\r覆盖",
    "一行\n两行\n三行",
    "制表\t符",
)
INVISIBLE = (
    "\u202e反转\u202c",
    "\u2066隔离\u2069",
    "\u200e\u200f\u061c",
    "零\u200b宽\u200d\ufeff字",
    "\ufe0f\u2640\ufe0f",
    "\U000e0041\U000e0042标签",
    "e\u0301\u0301\u0301\u0301\u0301\u0301",
    "\ue000私用\uf8ff",
    "\u2028行\u2029段",
    "𬭎𰻞 · é",
    "ＦＵＬＬ　ＷＩＤＴＨ１２３",
)
LONG = "长" * 5000
HOSTILE = (*MARKUP, *CONTROL, *INVISIBLE, LONG)
TOGETHER = (*(" ".join(texts) for texts in (MARKUP, CONTROL, INVISIBLE)), LONG)
"""The same texts, all of a kind at once: where whole pages are drawn. Whoever reads markup stumbles over the first."""

FORBIDDEN = frozenset(
    [chr(code) for code in (*range(0x00, 0x0A), *range(0x0B, 0x20), *range(0x7F, 0xA0))]
    + list("\u200b\u200d\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u2028\u2029")
)
"""Characters that no line on the screen may hold."""
