"""The county's workbook: what it holds, what it locks, and that it comes back the same."""

import re
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from desktop.batches.columns import EXPENSES, OPINIONS, SHEETS
from desktop.batches.outgoing import Cover, Sent, read_back, write_batch
from desktop.domain.id_numbers import check_digit
from desktop.domain.money import Money, total
from desktop.domain.problems import Problem
from desktop.policy.wording import REASONS

Draft = dict[str, Any]
Drafts = Callable[..., Draft]
Sending = Callable[..., Sent]
ID_NUMBERS = st.builds(
    lambda birth, place, order: f"{place}{birth:%Y%m%d}{order:03d}",
    st.dates(date(1920, 1, 1), date(2023, 12, 31)),
    st.integers(520101, 522799),
    st.integers(1, 999),
).map(lambda digits: digits + check_digit(digits))
NAMES = st.text(min_size=1, max_size=30).filter(lambda name: name == name.strip())
FEN = st.integers(0, 10**9)


def letter_of(title: str) -> str:
    return get_column_letter([column.title for column in EXPENSES.columns].index(title) + 1)


def sheet_xml(path: Path, number: int = 2) -> str:
    with zipfile.ZipFile(path) as parts:
        return parts.read(f"xl/worksheets/sheet{number}.xml").decode()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "批次.xlsx"


@pytest.fixture
def page(path: Path, cover: Cover, draft: Drafts, sent: Sending) -> Worksheet:
    """The sheet of expenses of a batch of one case."""
    write_batch(cover, [sent(draft())], path)
    return load_workbook(path)[EXPENSES.title]


@settings(max_examples=25)
@given(
    name=NAMES, id_number=ID_NUMBERS, parts=st.tuples(*[FEN] * 5), day=st.dates(date(2023, 5, 20), date(2024, 5, 20))
)
def test_what_is_written_is_read_back(
    cover: Cover,
    draft: Drafts,
    expense: Drafts,
    sent: Sending,
    name: str,
    id_number: str,
    parts: tuple[int, ...],
    day: date,
) -> None:
    basic, major, rest, prior, over = map(Money, parts)
    amounts = {"in_scope": basic + major + rest, "prior_self_pay": prior, "over_price_limit": over}
    amounts |= {"total": total(list(amounts.values())), "basic_paid": basic, "major_paid": major}
    days = {"admitted_on": "2023-01-01", "discharged_on": str(day), "settled_on": str(day)}
    case = draft(expense(**{key: str(amount) for key, amount in amounts.items()}, **days))
    case["household"]["members"][0] |= {"name": name, "id_number": id_number}
    one = sent(case)
    with tempfile.TemporaryDirectory() as folder:
        write_batch(cover, [one], Path(folder, "批次.xlsx"))
        (row,) = read_back(Path(folder, "批次.xlsx"))[EXPENSES.title]
    titles = {"in_scope": "医保政策范围内费用", "prior_self_pay": "乙类先行自付", "over_price_limit": "超限价自付"}
    titles |= {"total": "医疗总费用", "basic_paid": "统筹报销金额", "major_paid": "大病报销金额"}
    assert {key: row[title] for key, title in titles.items()} == amounts
    line = one.assessment.line("e1")
    assert line is not None
    assert (row["本次救助金额"], row["政策范围内自付"]) == (line.payable, line.self_pay)
    assert (row["姓名"], row["身份证号"], row["结算日期"]) == (name, id_number, day)


def test_a_case_stands_with_every_figure(path: Path, cover: Cover, draft: Drafts, sent: Sending) -> None:
    assert write_batch(cover, [sent(draft(), "01HYEXAMPLE")], path) == 1
    (row,) = read_back(path)[EXPENSES.title]
    said = {
        title: row[title] for title in ("案号", "参保险种", "救助身份", "认定结论", "医疗类别", "依据条款", "行标识")
    }
    assert said == {
        "案号": "2024-0001",
        "参保险种": "居民医保",
        "救助身份": "因病致贫重病患者",
        "认定结论": "可认定",
        "医疗类别": "住院",
        "依据条款": "三（一）；四（一）",
        "行标识": "01HYEXAMPLE/e1",
    }
    assert row["起付线"] == Decimal(2000)
    assert row["救助比例"] == Decimal("0.5")
    assert row["本次救助金额"] == Money.of("10750.00")
    assert row["全自费"] == Money.of("6500.00")
    assert row["不予救助原因或备注"] is None


def test_an_amount_stands_in_the_file_digit_by_digit(
    path: Path, cover: Cover, draft: Drafts, expense: Drafts, sent: Sending
) -> None:
    write_batch(cover, [sent(draft(expense(over_price_limit="9.95")))], path)  # openpyxl makes it 9.949999999999999
    xml = sheet_xml(path)
    assert re.search(rf'<c r="{letter_of("超限价自付")}3" s="\d+" t="n"><v>9\.95</v></c>', xml)
    assert "99999" not in xml
    assert "<f>" not in xml


def test_figures_have_the_formats_of_their_kind(page: Worksheet) -> None:
    def form(title: str) -> tuple[str, str | None]:
        cell = page[f"{letter_of(title)}3"]
        return cell.number_format, cell.alignment.horizontal

    assert form("本次救助金额") == ("#,##0.00", "right")
    assert form("结算日期") == ("yyyy-mm-dd", "center")
    assert form("身份证号") == ("@", "center")
    assert page[f"{letter_of('身份证号')}3"].value == "520101197001011234"


def test_only_the_county_s_cells_are_open(page: Worksheet) -> None:
    assert page.protection.sheet
    open_cells = {get_column_letter(place) for place, cell in enumerate(page[3], 1) if not cell.protection.locked}
    assert open_cells == {letter_of(title) for title in ("县级意见", "县级核定金额", "理由")}
    assert all(cell.protection.locked for row in (1, 2) for cell in page[row])


def test_every_sheet_and_the_order_of_sheets_is_locked(path: Path, page: Worksheet) -> None:
    workbook = load_workbook(path)
    assert (
        workbook.sheetnames
        == [sheet.title for sheet in SHEETS]
        == [
            "说明与汇总",
            "待遇测算",
            "家庭成员",
            "收入",
            "计算过程",
        ]
    )
    assert all(sheet.protection.sheet for sheet in workbook.worksheets)
    assert workbook.security is not None
    assert workbook.security.lockStructure


def test_the_county_chooses_its_opinion_from_a_list(page: Worksheet) -> None:
    choices = {str(one.sqref): one.formula1 for one in page.data_validations.dataValidation if one.type == "list"}
    cell = f"{letter_of('县级意见')}3"
    assert choices == {f"{cell}:{cell}".partition(":")[0]: f'"{",".join(OPINIONS)}"'}


def test_the_sheet_prints_under_its_titles(page: Worksheet) -> None:
    assert page.page_setup.orientation == "landscape"
    assert page.sheet_properties.pageSetUpPr is not None
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.page_setup.fitToHeight, page.print_title_rows) == (0, "$1:$2")
    assert page.freeze_panes == "C3"
    assert page["A1"].value == "待遇测算"
    assert page.column_dimensions[letter_of("行标识")].hidden


def test_the_file_names_no_machine_and_nobody(path: Path, page: Worksheet) -> None:
    properties = load_workbook(path).properties
    assert (properties.creator, properties.lastModifiedBy) == ("一门受理台", None)
    with zipfile.ZipFile(path) as parts:
        about = b"".join(parts.read(name) for name in parts.namelist() if name.startswith("docProps/"))
    assert "示例县" not in about.decode()


def test_an_unknown_amount_is_empty_and_asked_for(
    path: Path, cover: Cover, draft: Drafts, expense: Drafts, sent: Sending
) -> None:
    write_batch(cover, [sent(draft(expense(prior_self_pay=None, full_self_pay="6500.00")))], path)
    sheets = read_back(path)
    (row,) = sheets[EXPENSES.title]
    assert row["乙类先行自付"] is None
    assert row["本次救助金额"] is None
    assert row["不予救助原因或备注"] == f"{REASONS['fact_missing']}；待补：乙类先行自付"
    assert sheets["说明与汇总"][0]["其中：暂未算出"] == 1


def test_a_refused_expense_says_why_as_the_screen_does(
    path: Path, cover: Cover, draft: Drafts, expense: Drafts, sent: Sending
) -> None:
    write_batch(cover, [sent(draft(expense(designated=False)))], path)
    (row,) = read_back(path)[EXPENSES.title]
    assert row["本次救助金额"] == Money(0)
    assert row["不予救助原因或备注"] == REASONS["not_designated"]


def test_an_amount_that_rests_on_the_recognition_says_so(
    path: Path, cover: Cover, draft: Drafts, sent: Sending
) -> None:
    case = draft()
    case["household"]["property_ok"] = None
    write_batch(cover, [sent(case)], path)
    (row,) = read_back(path)[EXPENSES.title]
    assert row["认定结论"] == "待定"
    assert row["本次救助金额"] == Money.of("10750.00")
    remark = "尚待认定，金额以认定通过为前提；待补：财产是否符合规定"
    assert row["不予救助原因或备注"] == remark


def test_a_case_without_expenses_can_still_be_answered(path: Path, cover: Cover, draft: Drafts, sent: Sending) -> None:
    case = draft(expenses=[])
    assert write_batch(cover, [sent(case, "01HYEXAMPLE")], path) == 1
    sheets = read_back(path)
    (row,) = sheets[EXPENSES.title]
    assert (row["姓名"], row["行标识"]) == ("王示例", "01HYEXAMPLE/")
    assert str(row["不予救助原因或备注"]).startswith("本案没有申报费用")
    assert sheets["说明与汇总"][0]["费用笔数"] == 0


def test_an_identity_that_is_already_held_needs_no_verdict(
    path: Path, cover: Cover, draft: Drafts, sent: Sending
) -> None:
    case = draft(matter="assistance")
    case["household"]["members"][0]["identities"] = [{"kind": "dibao", "since": "2023-03-01"}]
    write_batch(cover, [sent(case)], path)
    sheets = read_back(path)
    assert (sheets[EXPENSES.title][0]["救助身份"], sheets[EXPENSES.title][0]["认定结论"]) == ("低保对象", "无需认定")
    assert sheets["家庭成员"][0]["救助身份"] == "低保对象（2023-03-01起）"


def test_the_household_and_its_income_stand_on_their_sheets(
    path: Path, cover: Cover, draft: Drafts, sent: Sending
) -> None:
    case = draft()
    case["household"]["incomes"].append(
        {"member": "p1", "kind": "transfer", "counted": False, "note": "优抚抚恤金不计入"}
    )
    write_batch(cover, [sent(case)], path)
    sheets = read_back(path)
    assert [(row["姓名"], row["与申请人关系"], row["计入家庭人口"]) for row in sheets["家庭成员"]] == [
        ("王示例", "本人", True),
        ("李示例", "配偶", True),
    ]
    assert [(row["姓名"], row["收入类别"], row["12个月合计"], row["备注"]) for row in sheets["收入"]] == [
        ("李示例", "工资性收入", Money.of(30000), None),
        ("王示例", "转移净收入", None, "优抚抚恤金不计入；待补：收入金额"),
    ]


def test_the_cover_adds_up_the_rows(path: Path, cover: Cover, draft: Drafts, expense: Drafts, sent: Sending) -> None:
    second = {"id": "e2", "settled_on": "2024-03-02", "discharged_on": "2024-03-02"}
    refused = {"id": "e3", "designated": False}
    cases = [sent(draft(), "01HYA"), sent(draft(expense(), expense(**second), expense(**refused)), "01HYB")]
    write_batch(cover, cases, path)
    sheets = read_back(path)
    (summary,) = sheets["说明与汇总"]
    paid = [row["本次救助金额"] for row in sheets[EXPENSES.title]]
    assert summary["本次救助金额合计"] == total([amount for amount in paid if isinstance(amount, Money)])
    assert summary["本次救助金额合计"] == Money.of(
        "33250.00"
    )  # 10750 + 10750 + 23500 × 50 %, the deductible being used
    assert (summary["案件数"], summary["费用笔数"]) == (2, 4)
    assert (summary["其中：予以救助"], summary["其中：不予救助"]) == (3, 1)
    assert (summary["批次号"], summary["批次序号"], summary["上报单位"]) == (cover.number, 3, cover.office)
    assert summary["制表时间"] == cover.made_at.replace(tzinfo=None)


@pytest.mark.parametrize(("verified", "said"), [(True, "已核对"), (False, "未核对，测算仅供参考")])
def test_the_cover_says_whether_the_locality_was_verified(
    path: Path, cover: Cover, draft: Drafts, sent: Sending, verified: bool, said: str
) -> None:
    write_batch(replace(cover, verified=verified), [sent(draft())], path)
    assert read_back(path)["说明与汇总"][0]["地区参数"] == said


def test_a_long_remark_gets_the_height_it_needs(
    path: Path, cover: Cover, draft: Drafts, expense: Drafts, sent: Sending
) -> None:
    unknown = {"in_scope": None, "prior_self_pay": None, "over_price_limit": None, "basic_paid": None, "total": None}
    second = expense(id="e2", settled_on="2024-03-02", **unknown)
    write_batch(cover, [sent(draft(expense(), second))], path)
    heights = load_workbook(path)[EXPENSES.title].row_dimensions
    assert heights[4].height > 2 * heights[3].height


def test_a_folder_that_is_not_there_is_a_problem_and_leaves_nothing(
    tmp_path: Path, cover: Cover, draft: Drafts, sent: Sending
) -> None:
    with pytest.raises(Problem, match="另选一个文件夹"):
        write_batch(cover, [sent(draft())], tmp_path / "没有" / "批次.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_taken_is_a_problem_and_leaves_nothing(
    tmp_path: Path, cover: Cover, draft: Drafts, sent: Sending
) -> None:
    taken = tmp_path / "批次.xlsx"
    taken.mkdir()
    with pytest.raises(Problem, match="同名表格"):
        write_batch(cover, [sent(draft())], taken)
    assert list(tmp_path.iterdir()) == [taken]


def test_the_workbook_takes_its_place_in_one_move(path: Path, cover: Cover, draft: Drafts, sent: Sending) -> None:
    path.write_bytes(b"an older batch")
    write_batch(cover, [sent(draft())], path)
    assert zipfile.is_zipfile(path)
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_text_too_long_is_refused_before_anything_is_written(
    path: Path,
    cover: Cover,
    draft: Drafts,
    sent: Sending,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    aside = tmp_path_factory.mktemp("aside")
    monkeypatch.setattr(tempfile, "tempdir", str(aside))
    case = draft()
    case["household"]["members"][1]["note"] = "长" * 40000
    with pytest.raises(Problem):
        write_batch(cover, [sent(case)], path)
    assert not path.exists()
    assert list(aside.iterdir()) == []


def test_every_step_stands_there_in_the_words_of_the_screen(
    path: Path, cover: Cover, draft: Drafts, expense: Drafts, sent: Sending
) -> None:
    one = sent(draft(expense()))
    write_batch(cover, [one], path)
    steps = one.assessment.trace
    rows = read_back(path)["计算过程"]
    assert [(row["步骤"], row["算式"], row["结果"], row["依据条款"]) for row in rows] == [
        (step.label, step.formula or None, step.value_text, step.source.cite) for step in steps
    ]
    assert {row["事项"] for row in rows if row["步骤"] == "起付线"} == {"费用1 示例县人民医院"}
