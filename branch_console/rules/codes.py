"""Code tables: reasons, segments, scenes, documents, operators, hotlines, wallet codes."""

from datetime import date

from branch_console.rules.documents import Document, Id, Many, Sourced, Words


class CodeRow(Sourced):
    """One code. `uses` says where it may be chosen; `effective_to` is the last day on which it may."""

    code: str
    label: Words
    uses: Many[Id]
    note: Words | None = None
    effective_to: date | None = None


class DocumentRow(CodeRow):
    """A kind of identity document. `check` names the rule of form; `age_bands` (empty = all) who may use it."""

    check: Id
    age_bands: Many[Id]
    foreign: bool = False


class AgeRow(CodeRow):
    """An age band: full years from `from_years` to `to_years` (None = no end)."""

    from_years: int
    to_years: int | None = None


class HotlineRow(CodeRow):
    """A telephone number to give to customers; `verified_on` is when somebody last checked it (None: never)."""

    number: str
    verified_on: date | None = None
    hours: Words | None = None


class OperatorRow(CodeRow):
    """A bank that opens wallets."""

    short: Words | None = None


class CodeTable(Document):
    """Base of all code tables."""

    title: Words
    codes: list[CodeRow]

    def row(self, code: str) -> CodeRow | None:
        """The row of a code, known today or once."""
        return next((each for each in self.codes if each.code == code), None)

    def problems(self) -> list[tuple[tuple[str | int, ...], str]]:
        """Codes that stand twice."""
        codes = [row.code for row in self.codes]
        return [
            (("codes", number, "code"), f"{code!r} stands twice")
            for number, code in enumerate(codes)
            if code in codes[:number]
        ]


class DocumentTable(CodeTable):
    """Identity documents."""

    codes: list[DocumentRow]  # type: ignore[assignment]


class AgeTable(CodeTable):
    """Age bands."""

    codes: list[AgeRow]  # type: ignore[assignment]

    def band(self, years: int) -> str | None:
        """The band of an age in full years."""
        for row in self.codes:
            if row.from_years <= years and (row.to_years is None or years <= row.to_years):
                return row.code
        return None


class HotlineTable(CodeTable):
    """Hotlines."""

    codes: list[HotlineRow]  # type: ignore[assignment]


class OperatorTable(CodeTable):
    """Operators."""

    codes: list[OperatorRow]  # type: ignore[assignment]


class OfficialApp(Document, Sourced):
    """The official app: what the customer must see in the store, and what the QR code holds."""

    name: Words
    developer: Words
    qr_payload: str
    minimum_android: str
    minimum_ios: str
    wallet_name_length: int
    checks: list[Words]


TABLES: dict[str, type[CodeTable]] = {
    "documents": DocumentTable,
    "ages": AgeTable,
    "hotlines": HotlineTable,
    "operators": OperatorTable,
}
