"""Text can be read: every text token on every background token, in every theme."""

import itertools

import pytest
from textual.color import Color
from textual.theme import Theme

from screens.theme import themes

TEXTS = ("foreground", "muted", "primary", "success", "warning", "error")
BACKGROUNDS = ("background", "surface", "panel", "field", "chosen")


def token(theme: Theme, name: str) -> Color:
    value = getattr(theme, name, None) or theme.variables.get(name)
    assert isinstance(value, str)
    return Color.parse(value)


def luminance(color: Color) -> float:
    """WCAG 2.2, relative luminance."""

    def linear(part: int) -> float:
        value = part / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b)


def contrast(one: Color, other: Color) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", themes(), ids=lambda theme: theme.name)
def test_text_has_a_contrast_of_four_and_a_half(theme: Theme) -> None:
    pairs = [*itertools.product(TEXTS, BACKGROUNDS), ("ink", "primary"), ("ink", "error")]
    poor = {
        (front, back): round(contrast(token(theme, front), token(theme, back)), 2)
        for front, back in pairs
        if contrast(token(theme, front), token(theme, back)) < 4.5
    }
    assert not poor
