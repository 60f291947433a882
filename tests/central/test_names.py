"""Names of terminals: the part of them that people read is one terminal's alone."""

from uuid import UUID

from branch_console.central.enrolment import new_name

FIRST = UUID("7c9e6679-7425-40de-944b-e07fc1f90a01")
SAME_END = UUID("16fd2706-8baf-433b-82eb-8c7fada80a01")
OTHER = UUID("886313e1-3b8a-4372-9b90-0c9aee199e5d")


def test_no_two_terminals_of_a_branch_number_alike() -> None:
    made = iter([SAME_END, OTHER])
    assert new_name([str(FIRST), "central/B1"], lambda: next(made)) == str(OTHER)
    assert new_name([], lambda: SAME_END) == str(SAME_END)
