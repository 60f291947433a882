"""The Day board: figures of a business day with what stands behind them. Everything here blocks."""
