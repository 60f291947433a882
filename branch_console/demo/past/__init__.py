"""Thirteen weeks that never were: what invented branches did before the demo is watched, as journals of terminals."""
