"""What can go wrong with the store. Each error has a code; its words are in the catalogues under `error.<code>`."""

from branch_console.rules.errors import CodedError


class StoreError(CodedError):
    """Base of all errors of the store. `params` fill the sentence; they never hold a customer's data."""

    code = "store_failed"

    def __init__(self, **params: str | int) -> None:
        super().__init__(self.code)
        self.params = params


class MissingError(StoreError):
    """There is no store at this place."""

    code = "store_missing"


class ExistsError(StoreError):
    """There is a store (or a backup) already; nothing is ever overwritten."""

    code = "store_exists"


class WrongKeyError(StoreError):
    """The key does not open the store; the cipher cannot tell this from damage to the first page."""

    code = "store_wrong_key"


class NotEncryptedError(StoreError):
    """The file is a plain SQLite database, or the driver has no cipher. Nothing is read from or written to it."""

    code = "store_not_encrypted"


class CorruptError(StoreError):
    """A page of the store fails its check. What is unharmed can be sent to central; then restore or enrol anew."""

    code = "store_corrupt"


class LockedError(StoreError):
    """Another process kept the store locked for longer than an act may wait (5 s)."""

    code = "store_locked"


class DiskFullError(StoreError):
    """There is no room on the disk. The act was not saved."""

    code = "store_disk_full"


class DiskFailedError(StoreError):
    """The disk refused to read or write, or the file may not be written. The act was not saved."""

    code = "store_disk_failed"


class TooNewError(StoreError):
    """A newer version of the console has written this store."""

    code = "store_too_new"


class ForkError(StoreError):
    """Central holds another entry than this store at the same place of the terminal's journal."""

    code = "store_fork"


class WrongBranchError(StoreError):
    """A journal can only be continued by a terminal of the same branch: its entries name the branch."""

    code = "store_wrong_branch"


class NotDrainedError(StoreError):
    """Entries are waiting to be sent, so the store must not be replaced or given up."""

    code = "store_not_drained"


class BackupError(StoreError):
    """The backup is incomplete, or its bytes are not what its manifest says."""

    code = "store_bad_backup"
