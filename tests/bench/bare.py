"""The yardstick: a bare Textual application with a header, a footer, an input and a short table."""

from textual.app import App, ComposeResult
from textual.widgets import DataTable, Footer, Header, Input


class Bare(App[None]):
    """Nothing but widgets."""

    def compose(self) -> ComposeResult:
        """Compose it."""
        yield Header()
        yield Input(placeholder="type here")
        yield DataTable()
        yield Footer()

    def on_mount(self) -> None:
        """Fill the table."""
        table = self.query_one(DataTable)
        table.add_columns("READY", "b", "c")
        table.add_rows([(str(row), "x", "y") for row in range(20)])
        self.query_one(Input).focus()


if __name__ == "__main__":
    Bare().run()
