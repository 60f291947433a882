"""What the sync says when it cannot do what a person asked for."""

from branch_console.rules.errors import CodedError


class SyncError(CodedError):
    """`problem` is a code of docs/protocol.md or one of the client's own; its words are under `error.<code>`."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = f"sync_{code.replace('-', '_')}"
        self.problem = code
        self.params = params
