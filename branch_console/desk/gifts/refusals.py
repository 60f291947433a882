"""Why a reward cannot be given now, with everything that is needed to say it in words."""

from branch_console.desk.gifts.checking import Weighed
from branch_console.rules.errors import RuleError


class RefusedError(RuleError):
    """The verdict does not allow it. `before` is the verdict with which it was promised, if it was."""

    def __init__(self, line: Weighed, before: str = "") -> None:
        super().__init__("gift_changed" if before else "gift_refused", verdict=line.judged.verdict)
        self.line = line
        self.before = before
