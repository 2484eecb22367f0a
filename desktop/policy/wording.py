"""The clerk's Chinese for codes, reasons and verdicts: the same words on screen, on paper and in the workbook."""

from desktop.domain.expenses import AMOUNTS
from desktop.domain.people import Member

VERDICTS = {
    "eligible": "可认定",
    "ineligible": "不符合认定条件",
    "undetermined": "待定",
    "redirect": "应转办",
}
TEST_VERDICTS = {"pass": "通过", "fail": "不通过", "unknown": "待核实"}
REASONS = {
    "policy_not_in_force": "费用不在政策实施期内",
    "outside_window": "结算日不在申请可以追溯的期限内",
    "no_identity": "费用发生时没有可享受救助的身份",
    "not_designated": "非定点医疗机构，且不是急诊抢救",
    "not_referred": "未按规定转诊或备案",
    "kind_not_covered": "此类费用不在救助范围",
    "filed_too_late": "超过申请期限",
    "not_insured": "未参保且未办理参保缴费",
    "fact_missing": "缺少必要信息，暂不计算",
    "parameter_missing": "缺少已公布的参数，暂不计算",
    "earlier_line_unknown": "前一笔费用尚未算清，暂不计算",
    "no_self_pay": "没有政策范围内个人自付",
    "below_deductible": "未超过年度起付线",
    "already_paid": "应救助金额已经支付",
    "cap_reached": "已达年度救助限额",
}
UNKNOWN_REASONS = ("fact_missing", "parameter_missing", "earlier_line_unknown")
ZERO_REASONS = ("no_self_pay", "below_deductible", "already_paid", "cap_reached")
SUBSIDY_REASONS = {
    "policy_not_in_force": "参保年度在本政策资助参保施行之前",
    "no_identity": "集中征缴期结束日没有资助参保的身份",
    "group_not_covered": "此身份不在资助参保范围",
    "age_or_disability": "不属于该类身份中可资助的老年人、未成年人或重度残疾人",
    "not_resident": "未参加城乡居民医保",
    "not_paid_in_time": "未在集中征缴期结束前缴费",
    "already_received": "本年度已享受资助，不重复资助",
    "fact_missing": "缺少必要信息，暂不计算",
    "parameter_missing": "缺少已公布的参数，暂不计算",
}
# Who knows a fact of the case file, by field; what nobody below knows is on the settlement sheet.
WHO_KNOWS = {
    "applied_on": "受理窗口",
    "surveyed_on": "入户调查人员",
    "residence": "户口簿",
    "property_ok": "家庭经济状况核对机构",
    "counted": "入户调查人员",
    "expenses": "申请人（医疗费用结算单）",
    "incomes": "申请人、家庭经济状况核对机构",
    "amount": "申请人、家庭经济状况核对机构",
    "identities": "县民政、乡村振兴部门",
    "since": "县民政、乡村振兴部门",
    "insurance": "县医保经办机构",
    "scheme": "县医保经办机构",
    "paid_on": "税务、医保经办机构",
    "subsidy_received": "县医保经办机构",
    "disability_grade": "残疾人证",
    "birth_date": "户口簿",
    "deductible_used": "县医保经办机构",
    "assistance_paid": "县医保经办机构",
    "tilt_paid": "县医保经办机构",
    "designated": "县医保经办机构",
    "emergency_rescue": "就诊医院",
    "referral": "县医保经办机构",
    "charge_class": "就诊医院",
    "chronic_class": "县医保经办机构",
    "year_to_date": "县医保经办机构",
    "registered_in_province": "户口簿",
    "insured_in_province": "县医保经办机构",
}
FACTS = {
    **AMOUNTS,
    "applied_on": "申请日期",
    "surveyed_on": "入户调查日期",
    "residence": "城镇或农村",
    "property_ok": "财产是否符合规定",
    "counted": "是否计入",
    "expenses": "医疗费用",
    "incomes": "家庭收入",
    "amount": "收入金额",
    "identities": "救助身份",
    "since": "身份认定日期",
    "insurance": "参保情况",
    "scheme": "参保险种",
    "paid_on": "缴费日期",
    "subsidy_received": "已享受资助",
    "disability_grade": "残疾等级",
    "birth_date": "出生日期",
    "deductible_used": "本年已用起付线",
    "tilt_paid": "本年已付倾斜救助",
    "designated": "是否定点医疗机构",
    "emergency_rescue": "是否急诊抢救",
    "referral": "转诊备案情况",
    "place": "就医地点",
    "settled_on": "结算日期",
    "one_stop": "是否一站式结算",
    "charge_class": "医院收费标准类别",
    "chronic_class": "慢特病类别",
    "year_to_date": "本年以前的救助",
    "registered_in_province": "是否本省户籍",
    "insured_in_province": "是否在本省参保",
}


def called(member: Member | None) -> str:
    """What a sentence calls a member: the name as on the form, or the member's id while it is not known."""
    return "" if member is None else member.name or member.id
