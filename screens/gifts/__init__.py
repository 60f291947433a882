"""Gifts (F3): check, reasons, hand-over, slip; stock, counts, the day's end; exceptions; campaigns."""
