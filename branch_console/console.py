"""Start the console on this terminal."""

import gc
import os
import sys

from branch_console.settings import SettingsError, load_settings


def no_core_dumps() -> None:
    """A crash of the interpreter must not write the memory, with the store's key in it, to the disk."""
    if os.name == "posix":
        import resource  # noqa: PLC0415  not on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run_console() -> int:
    """Show the console until it is left; return the exit code (2: a setting is wrong)."""
    try:
        settings = load_settings()
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    no_core_dumps()
    gc.disable()  # what is made until the first paint stays; from then on the app collects again
    from branch_console.app import BranchConsole  # noqa: PLC0415  a wrong setting is said before Textual is loaded
    from branch_console.services import Services  # noqa: PLC0415

    services = Services(settings)
    try:
        app = BranchConsole(services)
        app.run()
        return app.return_code or 0
    finally:
        services.stop()
