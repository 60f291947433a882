"""Today and the Day board look as they did, to the character and to the colour; snapshots.py says how to renew them."""

from difflib import unified_diff

import pytest

from tests.screens.snapshots import FOLDER, LOOKS, Look, chinese_again, frames


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_every_frame_is_as_it_was_looked_at_last(look: Look) -> None:
    wanted = (FOLDER / f"{look.name}.txt").read_text(encoding="utf-8")
    with chinese_again():
        found = frames(look)
    changed = "\n".join(unified_diff(wanted.splitlines(), found.splitlines(), "kept", "now", lineterm="", n=0))
    assert found == wanted, f"{changed}\n\nif this is meant: python -m tests.screens.snapshots"


def test_no_frame_is_kept_that_nobody_looks_at() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(f"{look.name}.txt" for look in LOOKS)
