"""`python -m branch_console.central …` is `branch-console central …`."""

from branch_console.central.commands import app

app(prog_name="branch-console central")
