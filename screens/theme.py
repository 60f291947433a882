"""Colours as design tokens: two themes, each with lines of box characters or of ASCII.

Style sheets name tokens only. Text tokens reach a contrast of 4.5:1 on every background token
(tests/screens/test_theme.py). Beside Textual's own: `$muted` quiet text, `$line` borders, `$field` and `$chosen`
backgrounds of inputs and of the row under the cursor, `$ink` text on `$primary`, `$frame` and `$bar` kinds of border.
"""

from typing import Final

from textual.theme import Theme

_TOKENS: Final[dict[str, dict[str, str]]] = {
    "dark": {
        "background": "#11151b",
        "surface": "#171c24",
        "panel": "#1d242e",
        "field": "#232b37",
        "chosen": "#24364a",
        "foreground": "#dbe2ea",
        "muted": "#96a3b4",
        "line": "#3a4656",
        "primary": "#6cb2f0",
        "ink": "#0d1218",
        "success": "#6fcf8d",
        "warning": "#e6b455",
        "error": "#ff8c82",
    },
    "light": {
        "background": "#f4f6f8",
        "surface": "#fbfcfd",
        "panel": "#e8ecf1",
        "field": "#e3e9f0",
        "chosen": "#d4e4f5",
        "foreground": "#1b2430",
        "muted": "#4f5c6c",
        "line": "#b4bfcc",
        "primary": "#0a57a4",
        "ink": "#ffffff",
        "success": "#17632f",
        "warning": "#7c4a00",
        "error": "#a5201b",
    },
}
_FRAMES: Final = {"round": {"frame": "round", "bar": "outer"}, "ascii": {"frame": "ascii", "bar": "ascii"}}


def theme_name(colours: str, borders: str) -> str:
    """The registered theme for the settings `theme` and `borders`."""
    return colours if borders == "round" else f"{colours}-{borders}"


def themes() -> list[Theme]:
    """Every theme of the console."""
    return [_theme(colours, borders) for colours in _TOKENS for borders in _FRAMES]


def extra_tokens() -> dict[str, str]:
    """The tokens that Textual does not know, so that style sheets can be read before a theme of ours is set."""
    return _variables(_TOKENS["dark"], "round")


def _theme(colours: str, borders: str) -> Theme:
    tokens = _TOKENS[colours]
    return Theme(
        name=theme_name(colours, borders),
        dark=colours == "dark",
        primary=tokens["primary"],
        secondary=tokens["primary"],
        accent=tokens["primary"],
        foreground=tokens["foreground"],
        background=tokens["background"],
        surface=tokens["surface"],
        panel=tokens["panel"],
        success=tokens["success"],
        warning=tokens["warning"],
        error=tokens["error"],
        variables=_variables(tokens, borders),
    )


def _variables(tokens: dict[str, str], borders: str) -> dict[str, str]:
    return {
        **{name: tokens[name] for name in ("muted", "line", "field", "chosen", "ink")},
        **_FRAMES[borders],
        "input-cursor-background": tokens["foreground"],
        "input-cursor-foreground": tokens["background"],
        "input-selection-background": tokens["chosen"],
        "input-selection-foreground": tokens["foreground"],
        "scrollbar": tokens["line"],
        "scrollbar-hover": tokens["muted"],
        "scrollbar-active": tokens["primary"],
        "scrollbar-background": tokens["surface"],
        "scrollbar-background-hover": tokens["surface"],
        "scrollbar-background-active": tokens["surface"],
        "scrollbar-corner-color": tokens["surface"],
        "border": tokens["primary"],
        "border-blurred": tokens["line"],
        "button-focus-text-style": "bold",
        "button-color-foreground": tokens["ink"],
        "block-cursor-background": tokens["primary"],
        "block-cursor-foreground": tokens["ink"],
        "block-cursor-blurred-background": tokens["chosen"],
        "block-cursor-blurred-foreground": tokens["foreground"],
    }
