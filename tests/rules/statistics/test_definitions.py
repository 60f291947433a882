"""The page of definitions says what the code says, and the code names only entries that exist."""

from pathlib import Path

from branch_console.rules.catalogue import known_types
from branch_console.rules.statistics.anomalies import SIGNS
from branch_console.rules.statistics.figures import FIGURES, RATIOS, meanings

PAGE = (Path(__file__).parents[3] / "docs" / "figures.md").read_text(encoding="utf-8")


def rows() -> dict[str, list[str]]:
    """The cells of each figure's line, by its id."""
    lines = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in PAGE.splitlines() if "|" in line]
    figures = [cells for cells in lines if len(cells) == 9 and cells[0].startswith("`")]
    assert len(figures) == len({cells[0] for cells in figures})
    return {cells[0].strip("`"): cells[1:] for cells in figures}


def test_the_page_has_every_figure_as_it_is() -> None:
    said = {
        name: [
            each.numerator, each.denominator, each.day, each.basis, each.excluded, each.unit, each.worse,
            ", ".join(f"`{source}`" for source in each.sources),
        ]
        for name, each in meanings().items()
    }  # fmt: skip
    assert rows() == said


def test_the_page_has_every_sign() -> None:
    assert [sign for sign in SIGNS if f"`{sign}`" not in PAGE] == []


def test_sources_are_types_of_entries() -> None:
    known = {name for name, _ in known_types()}
    assert [source for each in meanings().values() for source in each.sources if source not in known] == []


def test_a_definition_fits_its_figure() -> None:
    for name, figure in FIGURES.items():
        share = figure.how == "share"
        assert (figure.unit == "share", figure.denominator != "–") == (share, share) or (name == "gifts.chosen"), name
        assert (figure.hit is not None) == share, name
        assert (figure.amount is not None) == (figure.how in {"sum", "median", "p90"}), name
    assert not FIGURES.keys() & RATIOS.keys()
