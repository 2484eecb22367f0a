"""Writes an old store of the present schema: `python -m tests.old_stores.make` once a step is to be released, never again after.

Beside the store lie its keys, its tail, and what is in it as JSON: `tests/store/test_old_stores.py` holds every later
program to that.
"""

import json
import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from desktop import paths
from desktop.store.keys import Cost
from desktop.store.migrations.steps import SCHEMA
from desktop.work.assessing import read_json
from desktop.work.batching import export_batch
from desktop.work.discarding import delete_case, purge
from desktop.work.door import Door
from desktop.work.entering import SetUp, set_up, sign_out
from desktop.work.intake import new_case, save_case
from desktop.work.library import load_library
from desktop.work.notices import issue_notice
from desktop.work.office import Letterhead, Office
from desktop.work.office_facts import OfficeFacts, change_facts, facts_data
from desktop.work.staff import add_clerk
from desktop.work.undoing import undo
from tests.store.old import contents

HERE = Path(__file__).parent
MORNING = datetime(2024, 5, 28, 9, 41, tzinfo=ZoneInfo("Asia/Shanghai"))
CHEAP = Cost(64, 1, 1)
PASSWORD = "旧库的口令 2024"
FACTS = OfficeFacts(
    Letterhead("示例乡社会救助「一门受理」窗口", phone="0850-0000000"), "guizhou-sample", "示例乡救〔{年}〕{序号}号"
)


def make(folder: Path, name: str) -> dict[str, object]:
    """Makes a store of that name in a folder, closed; what is in it."""
    door = Door(folder / f"{name}.db", "旧库", lambda: MORNING, cost=CHEAP)
    entered = set_up(door, SetUp("陈示例", PASSWORD, facts_data(FACTS)))
    office = Office(
        *(load_library(paths.POLICIES), entered.store, FACTS.letterhead, FACTS.locality, paths.FONTS, lambda: MORNING),
        *(folder / "texts", lambda: entered.clerk),
    )
    office = change_facts(office, replace(FACTS, lock_minutes=15))
    add_clerk(office, door, "李示例", "clerk", "另一个口令 2024")
    ids = []
    for begins in ("01", "06", "02", "03", "04"):
        begun = new_case(office, "illness_poverty")
        draft = read_json(next(paths.SAMPLES.glob(f"{begins}*.json")))
        assert isinstance(draft, dict)
        save_case(office, begun.id, draft, {"id_card": "received"})
        ids.append(begun.id)
    save_case(office, ids[1], {"format": "yimen-case/1", "applied_on": "2024-02-30", "expenses": []}, {})
    undo(office, ids[1])
    issue_notice(office, ids[0], "receipt")
    export_batch(office, (ids[0],), folder)
    delete_case(office, ids[2], "重复录入")
    delete_case(office, ids[3], "误建")
    purge(office, [ids[3]])
    sign_out(office.kept, entered.clerk, MORNING)
    found = {"password": PASSWORD, "recovery_code": entered.code, **contents(office.kept)}
    office.kept.close()
    return found


def main() -> None:
    """Makes the old store of the present schema, unless there is one: what was released is never made again."""
    name = f"s{SCHEMA:04}"
    if (HERE / f"{name}.db").exists():
        raise SystemExit(f"{name}.db is there already")
    with TemporaryDirectory() as folder:
        found = make(Path(folder), name)
        for suffix in (".db", ".keys", ".tail"):
            shutil.copy(Path(folder, name).with_suffix(suffix), HERE)
    text = json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True)
    (HERE / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
