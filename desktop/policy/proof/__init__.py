"""Proving policy files: against the answers that were signed, and against the documents above them."""
