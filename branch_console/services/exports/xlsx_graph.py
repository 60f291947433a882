"""A sheet's graph in a workbook: a native one, which reads the cells beside it."""

from typing import Any, Final

from branch_console.rules.exporting import export_cell
from branch_console.services.exports.sheet import Graph, Sheet

BESIDE: Final = 1
"""Columns that stay free between table and graph."""
HIGH: Final = 20
"""Lines that a graph covers."""
_INK, _VALUE, _QUIET = "#404040", "#1F5FA8", "#999999"
_FORMATS: Final = {"": "General", "whole": "#,##0", "share": "0%", "money": "#,##0.00", "decimal": "#,##0.##"}


def add_graph(workbook: Any, page: Any, graph: Graph, sheet: Sheet, place: tuple[int, int]) -> None:
    """Draw the graph at a line and column. No data is a gap in its line, never a 0."""
    chart = workbook.add_chart({"type": "column" if graph.kind == "bar" else "line"})
    last = len(sheet.rows)
    for drawn in graph.drawn:
        series: dict[str, Any] = {
            "name": [page.get_name(), 0, drawn.column],
            "categories": [page.get_name(), 1, graph.labels, last, graph.labels],
            "values": [page.get_name(), 1, drawn.column, last, drawn.column],
        }
        if graph.kind == "bar":
            series["fill"] = {"color": _VALUE}
        elif drawn.quiet:
            series["line"] = {"color": _QUIET, "width": 1, "dash_type": "dash"}
            series["marker"] = {"type": "none"}
        else:
            series["line"] = {"color": _VALUE, "width": 2}
            series["marker"] = {"type": "circle", "size": 4, "fill": {"color": _VALUE}, "border": {"color": _VALUE}}
        chart.add_series(series)
    # The library takes a title with "!" and an address behind it for the address of a cell.
    title = str(export_cell(graph.title) or "").replace("!", "\N{FULLWIDTH EXCLAMATION MARK}")
    chart.set_title({"name": title, "name_font": {"size": 11, "color": _INK}})
    chart.set_y_axis({"num_format": _FORMATS[graph.looks], "major_gridlines": {"visible": True}})
    chart.set_legend({"none": True} if len(graph.drawn) == 1 else {"position": "bottom"})
    chart.show_blanks_as("gap")
    chart.set_size({"width": 640, "height": 360})
    page.insert_chart(*place, chart)
