"""What screens may call, built in one place. Importing this loads neither the store nor the network."""

from branch_console.services.console import Services

__all__ = ["Services"]
