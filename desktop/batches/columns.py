"""The columns of the county's workbook, each declared once: its title, what it holds, how wide it is, who fills it in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from desktop.batches import remarks
from desktop.batches.kinds import CODE, COUNT, DAY, FLAG, MOMENT, MONEY, SHARE, TEXT, YUAN, Kind
from desktop.batches.rows import ExpenseRow, IncomeRow, MemberRow, StepRow, Summary
from desktop.domain.expenses import EXPENSE_KINDS
from desktop.domain.means import INCOME_KINDS
from desktop.domain.people import IDENTITIES, RELATIONS

Row = TypeVar("Row")
OPINIONS = ("同意", "不同意", "退回补正")


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column: title, kind, width in characters, and the value of a row; None leaves the cell empty.

    ``county`` cells are open for the county to fill in; ``choices`` are what it may choose from.
    """

    title: str
    kind: Kind[Any]
    width: int
    value: Callable[[Row], object]
    county: bool = False
    choices: tuple[str, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Sheet(Generic[Row]):
    """A sheet: its title, its columns, how many of them stay in view, and how many pages wide it prints."""

    title: str
    columns: tuple[Column[Row], ...]
    kept_in_view: int = 2
    pages_wide: int = 1


def of_expense(key: str) -> Callable[[ExpenseRow], object]:
    """A field of the expense."""
    return lambda row: getattr(row.expense, key) if row.expense else None


def of_line(key: str) -> Callable[[ExpenseRow], object]:
    """A field of what the expense pays."""
    return lambda row: getattr(row.line, key) if row.line else None


def left_to_county(row: ExpenseRow) -> None:
    """Nothing: the county fills it in."""


SUMMARY: Sheet[Summary] = Sheet(
    "说明与汇总",
    (
        Column("批次号", TEXT, 24, lambda row: row.cover.number),
        Column("批次序号", COUNT, 24, lambda row: row.cover.sequence),
        Column("上报单位", TEXT, 24, lambda row: row.cover.office),
        Column("制表时间", MOMENT, 24, lambda row: row.cover.made_at),
        Column("统筹地区", TEXT, 24, lambda row: row.cover.locality),
        Column("地区参数", TEXT, 24, lambda row: "已核对" if row.cover.verified else "未核对，测算仅供参考"),
        Column("政策依据", TEXT, 24, lambda row: row.cover.policy),
        Column("案件数", COUNT, 24, lambda row: row.cases),
        Column("费用笔数", COUNT, 24, lambda row: row.expenses),
        Column("其中：予以救助", COUNT, 24, lambda row: row.paying),
        Column("其中：不予救助", COUNT, 24, lambda row: row.not_paying),
        Column("其中：暂未算出", COUNT, 24, lambda row: row.unknown),
        Column("本次救助金额合计", MONEY, 24, lambda row: row.payable),
        Column("日志校验码", TEXT, 24, lambda row: row.cover.journal_head or None),
    ),
)
EXPENSES: Sheet[ExpenseRow] = Sheet(
    "待遇测算",
    (
        Column("案号", CODE, 11, lambda row: row.sent.case.case_no),
        Column("姓名", TEXT, 9, lambda row: row.member and row.member.name),
        Column("身份证号", CODE, 20, lambda row: row.member and row.member.id_number),
        Column("参保险种", CODE, 10, remarks.scheme),
        Column(
            "救助身份", TEXT, 18, lambda row: IDENTITIES[row.line.identity] if row.line and row.line.identity else None
        ),
        Column("认定结论", CODE, 14, remarks.verdict),
        Column("就诊医疗机构名称", TEXT, 17, of_expense("provider")),
        Column("医疗类别", CODE, 11, lambda row: row.expense and EXPENSE_KINDS[row.expense.kind]),
        Column("入院日期", DAY, 11, of_expense("admitted_on")),
        Column("出院日期", DAY, 11, of_expense("discharged_on")),
        Column("结算日期", DAY, 11, of_expense("settled_on")),
        Column("医疗总费用", MONEY, 12, of_expense("total")),
        Column("医保政策范围内费用", MONEY, 12, of_expense("in_scope")),
        Column("乙类先行自付", MONEY, 12, of_expense("prior_self_pay")),
        Column("超限价自付", MONEY, 12, of_expense("over_price_limit")),
        Column("全自费", MONEY, 12, of_expense("full_self_pay")),
        Column("统筹报销金额", MONEY, 12, of_expense("basic_paid")),
        Column("大病报销金额", MONEY, 12, of_expense("major_paid")),
        Column("补充医疗支付", MONEY, 12, of_expense("supplementary_paid")),
        Column("商业保险赔付", MONEY, 12, of_expense("commercial_paid")),
        Column("社会互助帮困", MONEY, 12, of_expense("mutual_aid")),
        Column("医疗救助已付", MONEY, 12, of_expense("assistance_paid")),
        Column("政策范围内自付", MONEY, 12, of_line("self_pay")),
        Column("起付线", YUAN, 10, of_line("deductible")),
        Column("救助比例", SHARE, 9, of_line("ratio")),
        Column("计算金额", MONEY, 12, of_line("computed")),
        Column("本次救助金额", MONEY, 12, of_line("payable")),
        Column("不予救助原因或备注", TEXT, 27, remarks.of_expense_row),
        Column("依据条款", TEXT, 19, lambda row: "；".join(row.line.cites) if row.line else None),
        Column("县级意见", CODE, 10, left_to_county, county=True, choices=OPINIONS),
        Column("县级核定金额", MONEY, 12, left_to_county, county=True),
        Column("理由", TEXT, 20, left_to_county, county=True),
        Column("行标识", CODE, 30, lambda row: row.key, hidden=True),
    ),
    pages_wide=2,
)
MEMBERS: Sheet[MemberRow] = Sheet(
    "家庭成员",
    (
        Column("案号", CODE, 15, lambda row: row.sent.case.case_no),
        Column("姓名", TEXT, 12, lambda row: row.member.name),
        Column("身份证号", CODE, 21, lambda row: row.member.id_number),
        Column("出生日期", DAY, 12, lambda row: row.member.birth_date),
        Column("与申请人关系", CODE, 12, lambda row: row.member.relation and RELATIONS[row.member.relation]),
        Column("计入家庭人口", FLAG, 12, lambda row: row.member.counted),
        Column("救助身份", TEXT, 48, remarks.identities),
        Column("参保情况", TEXT, 20, remarks.insurance),
        Column("备注", TEXT, 28, remarks.of_member_row),
    ),
)
INCOMES: Sheet[IncomeRow] = Sheet(
    "收入",
    (
        Column("案号", CODE, 15, lambda row: row.sent.case.case_no),
        Column("姓名", TEXT, 12, lambda row: row.member and row.member.name),
        Column("收入类别", CODE, 14, lambda row: row.income.kind and INCOME_KINDS[row.income.kind]),
        Column("说明", TEXT, 28, lambda row: row.income.label),
        Column("12个月合计", MONEY, 15, lambda row: row.income.amount),
        Column("计入家庭收入", FLAG, 12, lambda row: row.income.counted),
        Column("备注", TEXT, 28, remarks.of_income_row),
    ),
)
STEPS: Sheet[StepRow] = Sheet(
    "计算过程",
    (
        Column("案号", CODE, 15, lambda row: row.sent.case.case_no),
        Column("事项", TEXT, 26, remarks.of_step),
        Column("步骤", TEXT, 24, lambda row: row.step.label),
        Column("算式", TEXT, 60, lambda row: row.step.formula),
        Column("结果", TEXT, 16, lambda row: row.step.value_text),
        Column("依据条款", TEXT, 14, lambda row: row.step.source.cite),
    ),
)
SHEETS: tuple[Sheet[Any], ...] = (SUMMARY, EXPENSES, MEMBERS, INCOMES, STEPS)
