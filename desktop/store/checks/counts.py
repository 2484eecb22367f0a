"""What is counted: the register without gaps, batches in their order, the numbers that the file keeps of itself."""

from collections.abc import Iterator

from desktop.store.checks.findings import Check, Finding

GAPS = """SELECT series, year, count(*), max(number) FROM register
          GROUP BY series, year HAVING min(number) <> 1 OR max(number) <> count(*)"""
OTHERS = """SELECT text FROM register JOIN cases ON cases.id = register.case_id
            WHERE series = 'case' AND cases.case_no IS NOT text"""
BATCHES = """SELECT number FROM batches
             WHERE number NOT IN (SELECT text FROM register WHERE series = 'batch')
             OR cases <> (SELECT count(*) FROM batch_cases WHERE batch = number)"""
COUNTED = "SELECT cases, (SELECT count(*) FROM cases WHERE deleted_at IS NULL) FROM state"
LATEST = "SELECT change, coalesce((SELECT max(touched) FROM cases), 0) FROM state"
ENDS = "SELECT (SELECT change FROM journal WHERE window = id ORDER BY seq DESC LIMIT 1) FROM windows"


def register(check: Check) -> Iterator[Finding]:
    """Every series runs from 1 every year, and each case bears the number that the register gives it."""
    check.watch.begin("counts", 1)
    for series, year, count, last in check.read(GAPS).fetchall():
        yield Finding("register_gap", f"{series} {year}", first=last - count)
    for (text,) in check.read(OTHERS).fetchall():
        yield Finding("number_of_another", text)


def batches(check: Check) -> Iterator[Finding]:
    """Every batch has a number of the register and as many cases as it was sent with; none of the sequence is missing."""
    for (number,) in check.read(BATCHES).fetchall():
        yield Finding("batch_unlike", number)
    count, last = check.read("SELECT count(*), coalesce(max(sequence), 0) FROM batches").fetchone()
    if count != last:
        yield Finding("batch_missing", first=last - count)


def state(check: Check) -> Iterator[Finding]:
    """How many cases there are, and which change was the last."""
    told, counted = check.read(COUNTED).fetchone()
    if told != counted:
        yield Finding("count", first=told, last=counted)
    change, touched = check.read(LATEST).fetchone()
    latest = max([touched, *(row[0] or 0 for row in check.read(ENDS).fetchall())])
    if latest > change:
        yield Finding("change_number", first=change, last=latest)
