"""What is asked of a draft, and how far the answers have come; no widget here."""
