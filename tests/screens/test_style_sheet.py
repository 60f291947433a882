"""Style sheets are parsed when they come and when a theme changes their tokens, not for each new screen."""

from screens.style_sheet import ReadOnce


def test_a_sheet_is_parsed_again_only_when_its_tokens_have_other_values() -> None:
    sheet = ReadOnce()
    sheet.set_variables({"tone": "#ff0000"})
    sheet.add_source("Static { color: $tone; }")
    first = sheet.rules[0]
    sheet.set_variables({"tone": "#ff0000"})
    sheet.reparse()
    assert sheet.rules[0] is first
    sheet.set_variables({"tone": "#0000ff"})
    sheet.reparse()
    assert (first.styles.color.hex, sheet.rules[0].styles.color.hex) == ("#FF0000", "#0000FF")
    last = sheet.rules[0]
    sheet.set_variables({"tone": "#ff0000"})
    sheet.reparse()
    assert sheet.rules[0] is first is not last, "what was parsed for a theme is there when it comes back"
