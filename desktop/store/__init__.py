"""One SQLite file that keeps the office's cases; rows become values at its door."""
