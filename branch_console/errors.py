"""One door for errors to the user: every error that we raise has a code, and a code has words in both languages."""

from branch_console.locale import t
from branch_console.rules.errors import CodedError, FieldErrors


def sentence(error: CodedError) -> str:
    """What the error says, in the session's language. What hinders the sync is said as on the Sync screen."""
    problem = getattr(error, "problem", None)
    return t(f"error.{error.code}" if problem is None else f"sync.problem.{problem}", **error.params)


def words(error: Exception) -> tuple[str, str]:
    """Title and message of an error that we raised. Anything else is a defect and belongs to the crash screen."""
    if isinstance(error, FieldErrors):
        return t("error.title.fields"), "\n".join(sentence(each) for each in error.errors)
    if isinstance(error, CodedError):
        return t("error.title.refused"), sentence(error)
    raise error
