"""What a rule says when it refuses: a code with parameters; the words are in the catalogues under `error.<code>`."""


class RuleError(ValueError):
    """The act is not allowed. `params` fill the sentence; they never hold a customer's data."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class FieldError(RuleError):
    """One field is wrong; `field` is its id, so that the message can stand beside it."""

    def __init__(self, field: str, code: str, **params: str | int) -> None:
        super().__init__(code, **params)
        self.field = field
