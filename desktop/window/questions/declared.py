"""Every question of the intake, each declared once: its path, its label, its kind, when it is asked."""

from desktop.domain.case import RESIDENCES
from desktop.domain.expenses import AMOUNTS, CHARGE_CLASSES, CHRONIC_CLASSES, EXPENSE_KINDS, PLACES, REFERRALS
from desktop.domain.means import INCOME_KINDS
from desktop.domain.people import IDENTITIES, RELATIONS, SCHEMES
from desktop.window.questions.question import Codes, Group, Question, RowList, Sheets, Step, When

FLAG: Codes = {True: "是", False: "否"}
GRADES: Codes = {0: "无", 1: "一级", 2: "二级", 3: "三级", 4: "四级"}
ASSETS: Codes = {
    "deposit": "存款",
    "securities": "有价证券",
    "house": "房产",
    "vehicle": "机动车",
    "machinery": "大型农机具",
    "business": "经营实体",
    "other": "其他",
}


def flag(key: str, label: str, letter: str = "") -> Question:
    """A question of yes, no or unknown."""
    return Question(key, label, "choice", FLAG, letter=letter)


def amount(key: str, letter: str = "") -> Question:
    """An amount of the settlement sheet."""
    return Question(key, AMOUNTS[key], "amount", letter=letter, width=15)


MEMBERS = RowList(
    "household.members",
    "家庭成员",
    "成员",
    (
        Question("name", "姓名", width=10),
        Question("id_number", "身份证号", "id_number", width=27),
        Question("birth_date", "出生日期", "day", width=11, given_by="id_number"),
        Question("relation", "与申请人关系", "code", RELATIONS, width=11),
        flag("counted", "共同生活"),
        Question("note", "备注"),
    ),
    prefix="p",
    hint="不共同生活的，备注里写明原因",
)
APPLICATION = Group(
    "申请",
    (
        Question("patient", "患者", "member", letter="P", width=14),
        Question("household.residence", "户口所在", "choice", RESIDENCES, letter="R"),
        Question("applied_on", "申请日期", "day", letter="D", width=11, hint="0520 或 5.20 即当年 5 月 20 日"),
        Question("surveyed_on", "入户调查日期", "day", letter="S", width=11, hint="未调查的留空"),
        Question("household.village", "村（社区）", letter="V", width=14),
        Question("household.phone", "联系电话", letter="T", width=14),
        Question("household.address", "住址", letter="A", wide=True, width=42),
    ),
)
PERSON = Group(
    "",
    (
        flag("registered_in_province", "省内户籍"),
        flag("insured_in_province", "省内参保"),
        flag("out_of_poverty", "脱贫人口"),
        Question("disability_grade", "残疾等级", "code", GRADES, width=11),
        Question("serious_illness", "重大疾病", wide=True, width=42),
    ),
)
IDENTITY_ROWS = RowList(
    "identities",
    "救助身份",
    "身份",
    (
        Question("kind", "身份", "code", IDENTITIES, width=18),
        Question("since", "认定日期", "day", width=11),
        Question("until", "终止日期", "day", width=11),
        Question("listed_on", "名单日期", "day", width=11),
    ),
    none="无其他身份",
    hint="仍在享受的，终止日期留空",
)
INSURANCE_ROWS = RowList(
    "insurance",
    "参保情况",
    "参保年度",
    (
        Question("year", "年度", "whole", width=6),
        Question("scheme", "险种", "code", SCHEMES, width=12),
        Question("paid_on", "缴费日期", "day", width=11),
        Question("enrolled_on", "补办参保日期", "day", width=11, when=When("scheme", ("none",))),
        Question("subsidy_received", "已享受资助", "amount", width=9),
    ),
    hint="每个年度一行；未参保、本次申请才补办的，险种选「未参保」并填补办日期",
)
USED_ROWS = RowList(
    "year_to_date",
    "本年已用",
    "年度",
    (
        Question("year", "年度", "whole", width=6),
        Question("deductible_used", "已用起付线", "amount", width=10),
        Question("assistance_paid", "已付医疗救助", "amount", width=10),
        Question("tilt_paid", "已付倾斜救助", "amount", width=10),
    ),
    hint="此前已有救助案件的才填",
)
INCOMES = RowList(
    "household.incomes",
    "家庭收入（调查日前 12 个月合计）",
    "收入",
    (
        Question("member", "成员", "member", width=10),
        Question("kind", "类别", "code", INCOME_KINDS, width=14),
        Question("label", "说明"),
        Question("amount", "12 个月合计", "amount", width=15),
        flag("counted", "计入收入"),
        Question("note", "备注", width=14),
    ),
    none="没有任何收入",
    hint="优抚抚恤、奖学金、计生奖励等不计入收入的款项，也请列出并选「否」",
    sum_of="amount",
)
PROPERTY = Group(
    "",
    (
        Question(
            "household.property_ok",
            "财产符合规定",
            "choice",
            FLAG,
            hint="按经济状况核对结果填写；尚未核对的留「未知」",
            letter="K",
            wide=True,
        ),
    ),
)
ASSET_ROWS = RowList(
    "household.assets",
    "家庭财产",
    "财产",
    (
        Question("member", "成员", "member", width=10),
        Question("kind", "类别", "code", ASSETS, width=10),
        Question("value", "价值", "amount", width=15),
        Question("count", "数量", "whole", width=5),
        Question("area", "面积（平方米）", "number", width=8),
        Question("note", "备注"),
    ),
    none="没有申报财产",
    sum_of="value",
)
CARE = Group(
    "就医",
    (
        Question("patient", "患者", "member", letter="P", width=14),
        Question("kind", "费用类别", "code", EXPENSE_KINDS, letter="K", width=12),
        Question("provider", "医疗机构", letter="H", wide=True, width=36),
        flag("designated", "定点医疗机构", "D"),
        Question("emergency_rescue", "急诊抢救", "choice", FLAG, letter="E", when=When("designated", (False,))),
        Question("place", "就医地点", "code", PLACES, letter="L", width=12),
        Question("referral", "转诊备案", "code", REFERRALS, letter="R", width=12),
        Question("admitted_on", "入院日期", "day", letter="I", width=11, when=When("kind", ("inpatient",))),
        Question("discharged_on", "出院日期", "day", letter="O", width=11, when=When("kind", ("inpatient",))),
        Question("settled_on", "结算日期", "day", letter="S", width=11),
        flag("one_stop", "已一站式结算", "Y"),
        Question(
            "chronic_class",
            "慢特病类别",
            "code",
            CHRONIC_CLASSES,
            letter="W",
            width=18,
            when=When("kind", ("outpatient_chronic",)),
            for_some=True,
        ),
        Question(
            "charge_class",
            "医院收费标准",
            "code",
            CHARGE_CLASSES,
            letter="V",
            width=22,
            when=When("kind", ("inpatient",)),
            for_some=True,
        ),
    ),
)
COSTS = Group(
    "费用（按结算单次序）",
    tuple(
        amount(key, letter)
        for key, letter in (
            ("total", "T"),
            ("in_scope", "C"),
            ("prior_self_pay", "B"),
            ("over_price_limit", "X"),
            ("full_self_pay", "F"),
        )
    ),
)
PAID = Group(
    "支付",
    tuple(
        amount(key, letter)
        for key, letter in (
            ("basic_paid", "J"),
            ("major_paid", "M"),
            ("supplementary_paid", "U"),
            ("commercial_paid", "G"),
            ("mutual_aid", "Q"),
            ("assistance_paid", "Z"),
        )
    ),
)

ECONOMIC_CHECK = ("illness_poverty",)
STEPS: tuple[Step, ...] = (
    Step("household", "家庭", "申请人与家庭", (MEMBERS, APPLICATION)),
    Step(
        "insurance",
        "身份参保",
        "身份与参保",
        (Sheets("household.members", "成员", (PERSON, IDENTITY_ROWS, INSURANCE_ROWS, USED_ROWS)),),
    ),
    Step("income", "收入", "收入", (INCOMES,), matters=ECONOMIC_CHECK),
    Step("property", "财产", "财产", (PROPERTY, ASSET_ROWS), matters=ECONOMIC_CHECK),
    Step("expenses", "费用", "医疗费用", (Sheets("expenses", "费用", (CARE, COSTS, PAID), "费用", "e"),)),
    Step("papers", "材料", "材料"),
    Step("result", "结论与文书", "结论与文书"),
)
