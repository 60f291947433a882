"""Branch Console: the offline-first console for the staff of bank branches.

The environment is set here because Textual reads it once, when it is first imported:
its Kitty keyboard protocol swallows what Chinese input methods commit (xterm.js, iTerm2),
and its debugging hooks would write screens and messages with customer data to disk.
pypinyin's dictionary of phrases would cost 50 MB and a second; single characters in all their readings are enough.
"""

import os

for _name in [name for name in os.environ if name.startswith("TEXTUAL_")]:
    del os.environ[_name]
os.environ["TEXTUAL_DISABLE_KITTY_KEY"] = "1"
os.environ["PYPINYIN_NO_PHRASES"] = os.environ["PYPINYIN_NO_DICT_COPY"] = "true"

__version__ = "0.1.0"
