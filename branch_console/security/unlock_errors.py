"""Why the terminal stays locked. Each error has a code; its words are in the catalogues under `error.<code>`."""

from branch_console.rules.errors import CodedError


class UnlockError(CodedError):
    """Why the terminal stays locked. `params` fill the sentence."""

    code = "unlock_failed"

    def __init__(self, **params: str | int) -> None:
        super().__init__(self.code)
        self.params = params


class WrongLoginError(UnlockError):
    """No such person, or not this password, or a damaged record: which one is not said."""

    code = "unlock_wrong"


class WaitError(UnlockError):
    """Too many failures in a row; `seconds` until the next attempt."""

    code = "unlock_wait"


class BlockedError(UnlockError):
    """Too many failures in a day: only a new password from central helps."""

    code = "unlock_blocked"


class ClockBackError(UnlockError):
    """The clock shows a time that has passed already. Set it right, or let central say the time (`heard`)."""

    code = "unlock_clock_back"


class BrokenError(UnlockError):
    """The unlock file or the device key is missing, damaged or another machine's. Restore it or enrol anew."""

    code = "unlock_broken"


class UnwritableError(UnlockError):
    """The unlock file cannot be written, so no attempt may be made: it could not be counted."""

    code = "unlock_unwritable"
