"""The window played by a clerk of its own, who types and looks."""
