"""The county's workbooks: one table of columns for what goes out and what comes back."""
