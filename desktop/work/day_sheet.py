"""日结单: what was done in a day and where the journal stands, on paper that nobody can change afterwards."""

from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256

from desktop.notices.pdf import Faces, render
from desktop.policy.letters.day_sheet import (
    DayCounts,
    DaySheet,
    GivenNumber,
    JournalHead,
    SentBatch,
    day_sheet_letter,
)
from desktop.store.clerks import names
from desktop.store.days import sender_of, tally_of_day
from desktop.store.journal import Note, head, note
from desktop.store.register import Given, numbers_of_day
from desktop.store.sealed import KeptBatch, batches_of_day
from desktop.work.notices import NOTICES, IssuedNotice
from desktop.work.office import Office

NAME = "日结单"
SERIES = {"case": "受理编号", **NOTICES, "batch": "上报批次"}
SENT = "医疗救助申请"


def day_sheet(
    office: Office, day: date, backup: datetime | None = None, second: datetime | None = None
) -> IssuedNotice:
    """The sheet of a day as PDF; that it was printed is an entry, the first after where the sheet says the journal stands.

    Args:
        office: the office.
        day: the day that is told of; an earlier one is told as it was at its end.
        backup: when the newest backup that counts was made, None where there is none.
        second: the same on the second medium.
    """
    with office.change() as pen:
        letter = day_sheet_letter(_sheet(office, day, backup, second))
        pdf = render(letter, Faces(office.fonts))
        printed = {"kind": "day_sheet", "day": day.isoformat(), "sha256": sha256(pdf).hexdigest()}
        note(pen, Note("printed", path=NAME, new=printed))
    return IssuedNotice(letter.number, "day_sheet", NAME, pdf, f"{NAME}-{day:%Y%m%d}.pdf")


def _sheet(office: Office, day: date, backup: datetime | None, second: datetime | None) -> DaySheet:
    store, text = office.kept, day.isoformat()
    end, tally = head(store), tally_of_day(store, text)
    locality = office.library.localities[office.locality]
    return DaySheet(
        office=office.letterhead.office or f"{locality.name}社会救助「一门受理」窗口",
        day=day,
        made_at=office.now(),
        made_by=office.who().title,
        numbers=tuple(_number(one, day) for one in sorted(numbers_of_day(store, text), key=_in_order)),
        batches=tuple(_batches(office, batches_of_day(store, text))),
        counts=DayCounts(tally.opened, tally.changed, tally.printed),
        head=JournalHead(end.window, end.seq, end.hash, end.code),
        backup=backup,
        second=second,
    )


def _in_order(given: Given) -> int:
    """Where a series stands on the sheet: cases first, what goes out last."""
    return list(SERIES).index(given.series)


def _number(given: Given, day: date) -> GivenNumber:
    # What was given up later stood on that day.
    gone = given.given_up_at is not None and given.given_up_at[: len(day.isoformat())] <= day.isoformat()
    return GivenNumber(
        series=SERIES[given.series],
        text=given.text,
        case_no=given.case_no or "",
        given=datetime.fromisoformat(given.given_at).date() if given.given_at else None,
        voided=given.reason if gone else None,
    )


def _batches(office: Office, batches: tuple[KeptBatch, ...]) -> Iterator[SentBatch]:
    titles = names(office.kept)
    for one in batches:
        sender = sender_of(office.kept, one.number)
        yield SentBatch(one.number, SENT, one.lines, one.made_at, titles.get(sender, sender))
