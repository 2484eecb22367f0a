"""What the clerk is told with the figures."""
