"""What holds for every test: no screen, the same examples each time, and one ordinary office to work in."""

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings

# Before anything imports Qt: the platform is chosen when the first application is made.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from desktop import paths
from desktop.domain.clerks import Clerk
from desktop.store.opening import Opening, open_store
from desktop.store.secret import Secret
from desktop.work.assessing import read_json
from desktop.work.library import Library, load_library
from desktop.work.office import Letterhead, Office

# A test that fails here fails everywhere, and a slow machine is no failure.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")

SECRET = Secret(bytes(range(16)))
CHEN = Clerk("chen", "陈示例", "administrator")
MORNING = datetime(2024, 5, 28, 9, 41, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(scope="session")
def library() -> Library:
    """The shipped policies and localities."""
    return load_library(paths.POLICIES)


@pytest.fixture
def office(library: Library, tmp_path: Path) -> Iterator[Office]:
    """An office with an empty store, on the morning of 28 May 2024."""
    store = open_store(tmp_path / "cases.db", Opening("测试", MORNING, SECRET))
    letterhead = Letterhead(office="示例乡社会救助「一门受理」窗口", phone="0850-0000000")
    texts = tmp_path / "official_texts"
    yield Office(library, store, letterhead, "guizhou-sample", paths.FONTS, lambda: MORNING, texts, lambda: CHEN)
    store.close()


@pytest.fixture
def official_text(tmp_path: Path) -> Path:
    """An invented document with the headings that the Guizhou policy cites, but for 六（三）."""
    parts = ["黔府办发〔2022〕19号", "关于社区菜园的实施意见"]
    for section, items in (("一", "一二"), ("二", ""), ("三", "一"), ("四", "一二三"), ("五", ""), ("六", "一二")):
        parts.append(f"{section}、菜园的第{section}件事")
        parts += [f"（{item}）第{section}件事的第{item}点。谁种的菜由谁来收。" for item in items]
        parts += [] if items else ["这件事由大家商量着办。"]
    parts.append("本实施意见自2023年1月1日起施行。")
    path = tmp_path / "菜园.txt"
    path.write_text("\n".join(parts), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def sample() -> Callable[[str], dict[str, object]]:
    """Reads a sample case file by the beginning of its name, a fresh draft at each call."""

    def read(begins: str) -> dict[str, object]:
        draft = read_json(next(paths.SAMPLES.glob(f"{begins}*.json")))
        assert isinstance(draft, dict)
        return draft

    return read
