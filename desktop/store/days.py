"""What was done on a day, as the journal has it."""

from dataclasses import dataclass

from desktop.store.file import Store

# One reading of the journal: times need not rise in it, since a clock can be set back.
TALLY = """SELECT count(DISTINCT CASE WHEN kind IN ('begun', 'opened') THEN case_id END),
                  count(DISTINCT CASE WHEN kind IN ('edit', 'undone', 'redone') THEN case_id END),
                  count(CASE WHEN kind = 'printed' THEN 1 END)
           FROM journal WHERE case_id IS NOT NULL AND at >= ? AND at < ?"""
SENDER = """SELECT who FROM journal WHERE kind = 'exported' AND path = ?
            AND case_id = (SELECT case_id FROM batch_cases WHERE batch = ? LIMIT 1)"""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many cases were opened or begun, and changed, on a day; how many papers were printed of cases."""

    opened: int
    changed: int
    printed: int


def tally_of_day(store: Store, day: str) -> Tally:
    """What was done on a day (ISO) at all windows."""
    return Tally(*store.read(TALLY, (day, f"{day}~")).fetchone())


def sender_of(store: Store, batch: str) -> str:
    """The id of the clerk who sent a batch; empty where the first version sent it, which kept nobody's."""
    row = store.read(SENDER, (batch, batch)).fetchone()
    return "" if row is None else str(row[0])
