"""`branch-console`: the console starts at once, the other commands load what they need."""

import sys


def main() -> None:
    """Run the console when no other command is given."""
    if sys.argv[1:] in ([], ["run"]):
        from branch_console.console import run_console  # noqa: PLC0415  a command line library would delay the login

        sys.exit(run_console())
    from branch_console.cli import app  # noqa: PLC0415

    app()


if __name__ == "__main__":
    main()
