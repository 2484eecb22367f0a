"""The register: numbers without gaps or doubles, each series from 1 every year."""

from desktop.store.file import Store


def next_number(store: Store, series: str, year: int) -> int:
    """The next number of a series in a year; taken for good when the transaction around it ends."""
    row = store.db.execute(
        """INSERT INTO numbers (series, year, last) VALUES (?, ?, 1)
           ON CONFLICT (series, year) DO UPDATE SET last = last + 1 RETURNING last""",
        (series, year),
    ).fetchone()
    return int(row[0])
