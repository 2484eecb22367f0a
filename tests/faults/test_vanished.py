"""Files of an open store that vanish, are moved or replaced: told at the next change, put back, and nothing typed is lost."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.store import cases
from desktop.store.keys import KeysGone
from desktop.store.rescue import TakenUp
from desktop.store.trouble import CutOff
from desktop.work.door import StoreGone
from desktop.work.drafts import draft_of
from desktop.work.intake import save_case
from desktop.work.office import Office
from tests.faults.content import Worked, come_back, content_at, content_in

Open = Callable[[Worked], Office]
FILES = ("cases.db", "cases.db-wal", "cases.tail", "cases.db.lock")
WORK = """
import sys, time
from pathlib import Path
from tests.faults.content import LATER
from tests.faults.grounds import Clock, Ground, come_in, office_of, shipped
from tests.faults.test_vanished import type_phone
clock = Clock(LATER)
entered = come_in(Ground(Path(sys.argv[1])), clock)
office = office_of(shipped(), entered.store, entered.clerk, clock)
type_phone(office, "13900000001")
print("typed", flush=True)
time.sleep(60)
"""


def type_phone(office: Office, phone: str) -> str:
    """A phone number is typed into the first case, and saved."""
    case_id = str(office.kept.read("SELECT id FROM cases WHERE n = 1").fetchone()[0])
    draft = draft_of(cases.get(office.kept, case_id))
    household = draft["household"]
    assert isinstance(household, dict)
    save_case(office, case_id, {**draft, "household": {**household, "phone": phone}}, {})
    return case_id


def phone_at(worked: Worked) -> str:
    """The phone number of the first case of a store that nobody has open."""
    (row,) = (row for row in content_at(worked.ground.store, worked.secret)["cases"] if "13900000" in row)
    return row[row.index("13900000") :][:11]


def deleted(path: Path) -> None:
    path.unlink()


def moved(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))


def copied_over(path: Path) -> None:
    """As programs that keep folders the same do it: the same content, in another file."""
    shutil.copy(path, path.with_name("new"))
    path.with_name("new").replace(path)


def replaced(path: Path) -> None:
    path.with_name("new").write_bytes(b"something else" * 1000)
    path.with_name("new").replace(path)


@pytest.mark.parametrize("spoil", [deleted, moved, copied_over, replaced])
@pytest.mark.parametrize("name", FILES)
def test_a_file_that_vanishes_under_an_open_store_is_told_and_put_back(
    closed: Worked, open_office: Open, tmp_path: Path, name: str, spoil: Callable[[Path], None]
) -> None:
    office = open_office(closed)
    type_phone(office, "13900000001")
    spoil(closed.ground.folder / name)
    with pytest.raises(TakenUp, match=name.replace(".", r"\.")):
        type_phone(office, "13900000002")
    type_phone(office, "13900000003")
    closed.content = content_in(office.kept)
    # Whoever pulls the plug now finds all of it.
    cut_off = closed.again(tmp_path / "pulled")
    found = come_back(cut_off)
    assert (found.restored, found.faults) == (False, [])
    assert phone_at(cut_off) == "13900000003"


@pytest.mark.parametrize("name", FILES)
def test_what_vanished_is_put_back_when_the_window_closes_without_another_change(
    closed: Worked, open_office: Open, name: str
) -> None:
    office = open_office(closed)
    type_phone(office, "13900000001")
    (closed.ground.folder / name).unlink()
    office.kept.close()
    assert phone_at(closed) == "13900000001"
    type_phone(open_office(closed), "13900000002")


def test_what_took_the_place_of_the_file_is_kept_under_another_name(closed: Worked, open_office: Open) -> None:
    office = open_office(closed)
    replaced(closed.ground.store)
    with pytest.raises(TakenUp):
        type_phone(office, "13900000001")
    (kept,) = closed.ground.folder.glob("cases.db*.replaced")
    assert kept.read_bytes().startswith(b"something else")


def test_a_disk_that_was_pulled_out_and_is_back_goes_on_where_it_was(closed: Worked, open_office: Open) -> None:
    office = open_office(closed)
    type_phone(office, "13900000001")
    away = closed.ground.folder.with_name("away")
    closed.ground.folder.rename(away)
    for _ in range(2):
        with pytest.raises(CutOff, match="不见了"):
            type_phone(office, "13900000002")
    away.rename(closed.ground.folder)
    type_phone(office, "13900000003")
    office.kept.close()
    assert phone_at(closed) == "13900000003"


def test_an_older_copy_does_not_take_the_place_of_the_store_that_is_open(closed: Worked, open_office: Open) -> None:
    office = open_office(closed)
    older = closed.again(closed.ground.folder.with_name("older"))
    type_phone(office, "13900000001")
    away = closed.ground.folder.with_name("away")
    closed.ground.folder.rename(away)
    with pytest.raises(CutOff):
        type_phone(office, "13900000002")
    older.ground.folder.rename(closed.ground.folder)
    with pytest.raises(TakenUp):
        type_phone(office, "13900000002")
    office.kept.close()
    assert phone_at(closed) == "13900000001"


def test_a_store_that_vanished_before_a_kill_comes_back_from_the_backup_and_the_tail(closed: Worked) -> None:
    script = [sys.executable, "-c", WORK, str(closed.ground.folder)]
    with subprocess.Popen(script, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "typed\n"
        for name in ("cases.db", "cases.db-wal"):
            (closed.ground.folder / name).unlink()
        other.send_signal(signal.SIGKILL)
    found = come_back(closed)
    assert isinstance(found.said[0], StoreGone)
    assert found.restored
    assert len(found.faults) == 2, "but for the case that was typed in, one as it was and one as it is"
    assert phone_at(closed) == "13900000001"


def test_keys_that_vanish_leave_the_open_store_open_and_are_fetched_from_a_backup(
    closed: Worked, open_office: Open
) -> None:
    office = open_office(closed)
    closed.ground.store.with_suffix(".keys").unlink()
    type_phone(office, "13900000001")
    office.kept.close()
    found = come_back(closed)
    assert [type(one) for one in found.said] == [KeysGone]
    assert not found.restored
    assert phone_at(closed) == "13900000001"


def test_the_map_of_the_log_may_vanish_without_a_word(closed: Worked, open_office: Open) -> None:
    office = open_office(closed)
    (closed.ground.folder / "cases.db-shm").unlink()
    type_phone(office, "13900000001")
    office.kept.close()
    assert phone_at(closed) == "13900000001"
