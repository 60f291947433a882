"""Tables that leave the console as files: CSV, workbook, PDF. Every cell goes through `rules.exporting.export_cell`."""
