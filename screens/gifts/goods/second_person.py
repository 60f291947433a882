"""The second person of an act: who, and their own password."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from branch_console.locale import t
from branch_console.views import StaffChoice
from screens.gifts.goods.pick_row import PickRow
from screens.signs import sign
from screens.text import plain
from screens.widgets import css_beside
from screens.widgets.field import Field
from screens.widgets.password_field import PasswordField


class SecondPerson(Vertical):
    """Whoever works here steps aside for one password."""

    DEFAULT_CSS = css_beside(__file__)

    def __init__(self, colleagues: Sequence[StaffChoice], why: str) -> None:
        """`why` a second person is needed, in words."""
        super().__init__(id="second-person")
        self._colleagues = tuple(colleagues)
        self._why = why

    def compose(self) -> ComposeResult:
        """Why, who, password; in words that nobody is there who could, where that is so."""
        yield Static(plain(self._why), classes="asked")
        if not self._colleagues:
            yield Static(plain(f"{sign('warning')} {t('goods.second.nobody')}"), classes="nobody")
        yield PickRow("second-staff", [(each.id, f"{each.name} {each.id}") for each in self._colleagues])
        yield Field(t("goods.second.password"), PasswordField(id="second-password"), id="second-password-field")

    @property
    def staff(self) -> str:
        """Who; empty when nobody is picked."""
        return self.query_one(PickRow).value

    @property
    def password(self) -> str:
        """What they typed."""
        return self.query_one(PasswordField).text

    def refuse(self, why: str) -> None:
        """Say what is wrong, or that nothing is; a wrong password is not left standing."""
        self.query_one(Field).error = why
        if why:
            self.query_one(PasswordField).wipe()
