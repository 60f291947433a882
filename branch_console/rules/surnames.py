"""How surnames are read where dictionaries read the character otherwise, and surnames of two characters.

Source: 《现代汉语词典》 and 《通用规范汉字表》 readings marked 姓 (as surname); checked against pypinyin, whose usual
reading differs for each of the single ones. Pinyin without tones.
"""

# Characters whose reading as a surname is not the first one in pypinyin's table.
SINGLE: dict[str, str] = {
    "单": "shan", "仇": "qiu", "解": "xie", "曾": "zeng", "区": "ou", "查": "zha", "朴": "piao", "盖": "ge",
    "乐": "yue", "翟": "zhai", "员": "yun", "折": "she", "繁": "po", "种": "chong", "缪": "miao", "覃": "qin",
    "隗": "wei", "洗": "xian", "佴": "nai", "秘": "bi", "祭": "zhai", "牟": "mu", "黑": "he", "召": "shao",
    "都": "du", "郇": "xun", "适": "kuo", "句": "gou", "卜": "bu", "长": "chang", "重": "chong", "会": "gui",
    "藏": "zang", "阚": "kan", "么": "yao", "乜": "nie", "薄": "bo",
}  # fmt: skip

COMPOUND: dict[str, tuple[str, str]] = {
    "尉迟": ("yu", "chi"), "万俟": ("mo", "qi"), "长孙": ("zhang", "sun"), "单于": ("chan", "yu"),
    "令狐": ("ling", "hu"), "宰父": ("zai", "fu"), "澹台": ("tan", "tai"), "皇甫": ("huang", "fu"),
    "欧阳": ("ou", "yang"), "司马": ("si", "ma"), "上官": ("shang", "guan"), "诸葛": ("zhu", "ge"),
    "夏侯": ("xia", "hou"), "东方": ("dong", "fang"), "独孤": ("du", "gu"), "南宫": ("nan", "gong"),
    "慕容": ("mu", "rong"), "公孙": ("gong", "sun"), "轩辕": ("xuan", "yuan"), "宇文": ("yu", "wen"),
    "司徒": ("si", "tu"), "司空": ("si", "kong"), "端木": ("duan", "mu"), "呼延": ("hu", "yan"),
    "申屠": ("shen", "tu"), "太史": ("tai", "shi"), "闻人": ("wen", "ren"), "赫连": ("he", "lian"),
    "钟离": ("zhong", "li"), "西门": ("xi", "men"), "百里": ("bai", "li"), "东郭": ("dong", "guo"),
    "纳兰": ("na", "lan"), "濮阳": ("pu", "yang"), "淳于": ("chun", "yu"), "公冶": ("gong", "ye"),
}  # fmt: skip
