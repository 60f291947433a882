"""What a rule says when it refuses: a code with parameters; the words are in the catalogues under `error.<code>`."""


class CodedError(Exception):
    """Base of everything that we refuse or fail with in words: a code, and what fills its sentence.

    `params` never hold a customer's data.
    """

    code: str
    params: dict[str, str | int]


class RuleError(CodedError, ValueError):
    """The act is not allowed."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class FieldError(RuleError):
    """One field is wrong; `field` is its id, so that the message can stand beside it."""

    def __init__(self, field: str, code: str, **params: str | int) -> None:
        super().__init__(code, **params)
        self.field = field


class FieldErrors(ValueError):  # noqa: N818  several errors of one form
    """Several fields of one form are wrong; each message stands beside its field."""

    def __init__(self, errors: list[FieldError]) -> None:
        super().__init__(", ".join(f"{error.field}: {error.code}" for error in errors))
        self.errors = errors
