"""Reading a case file: a Case that makes sense, or every fault at once by path."""

from collections.abc import Collection
from decimal import Decimal

from desktop.domain.calendar import chinese_day
from desktop.domain.case import CASE_FORMAT, MATTERS, RESIDENCES, Case, Household
from desktop.domain.coherence import coherence_faults
from desktop.domain.expenses import CHARGE_CLASSES, EXPENSE_KINDS, PLACES, REFERRALS, Expense
from desktop.domain.fields import Fields
from desktop.domain.id_numbers import birth_date_of, why_wrong
from desktop.domain.means import INCOME_KINDS, Asset, Income
from desktop.domain.people import IDENTITIES, RELATIONS, SCHEMES, Identity, Insurance, Member, YearToDate
from desktop.domain.problems import Fault, Refused

FIRST_YEAR, LAST_YEAR = 1900, 2200
MOST_SQUARE_METRES = 10**7
SQUARE_CENTIMETRE = Decimal("0.0001")


def read_case(data: object, localities: Collection[str] | None = None) -> Case:
    """A case from the parsed JSON of a case file (contract ``yimen-case/1``).

    ``localities`` are the ids known here; None leaves the locality to the caller.

    Raises:
        Refused: with every fault that was found, by path.
    """
    faults: list[Fault] = []
    fields = Fields(data, "", faults)
    if fields.raw("format") != CASE_FORMAT:
        fields.note("format", "不是本程序的案件文件。", f"format 应为 {CASE_FORMAT}。")
        raise Refused(tuple(faults))
    case = Case(
        case_no=fields.text("case_no"),
        locality=fields.needed_text("locality"),
        matter=fields.needed_code("matter", MATTERS),
        applied_on=fields.day("applied_on"),
        surveyed_on=fields.day("surveyed_on"),
        patient=fields.text("patient"),
        household=_household(fields),
        stated_expenses=fields.each("expenses", _expense),
    )
    fields.close()
    if localities is not None and case.locality and case.locality not in localities:
        fields.note("locality", f"没有名为「{case.locality}」的地区参数。", f"现有：{'、'.join(localities)}。")
    faults.extend(coherence_faults(case, {fault.path for fault in faults}))
    if faults:
        raise Refused(tuple(faults))
    return case


def _household(case: Fields) -> Household:
    fields = case.table("household")
    if fields is None:
        case.note("household.members", "家庭没有成员。", "请至少录入患者本人。")
        return Household(())
    household = Household(
        members=fields.each("members", _member) or (),
        incomes=fields.each("incomes", _income),
        assets=fields.each("assets", _asset),
        residence=fields.code("residence", RESIDENCES),
        address=fields.text("address"),
        village=fields.text("village"),
        phone=fields.text("phone"),
        property_ok=fields.flag("property_ok"),
    )
    fields.close()
    if not household.members and not any(fault.path == fields.at("members") for fault in fields.faults):
        fields.note("members", "家庭没有成员。", "请至少录入患者本人。")
    return household


def _member(fields: Fields) -> Member:
    member = Member(
        id=fields.needed_text("id"),
        name=fields.text("name"),
        id_number=_id_number(fields),
        stated_birth_date=fields.day("birth_date"),
        relation=fields.code("relation", RELATIONS),
        counted=fields.flag("counted"),
        note=fields.text("note"),
        identities=fields.each("identities", _identity),
        insurance=fields.each("insurance", _insurance) or (),
        registered_in_province=fields.flag("registered_in_province"),
        insured_in_province=fields.flag("insured_in_province"),
        out_of_poverty=fields.flag("out_of_poverty"),
        disability_grade=fields.whole("disability_grade", 0, 4),
        serious_illness=fields.text("serious_illness"),
        year_to_date=fields.each("year_to_date", _year_to_date) or (),
    )
    by_number = birth_date_of(member.id_number) if member.id_number else None
    if by_number and member.stated_birth_date and by_number != member.stated_birth_date:
        fields.note(
            "birth_date",
            f"出生日期与身份证号中的 {chinese_day(by_number)} 不同。",
            "请对照证件更正其一；有身份证号的可以留空。",
        )
    return member


def _id_number(fields: Fields) -> str | None:
    number = (fields.text("id_number") or "").upper() or None
    wrong = why_wrong(number) if number else None
    if wrong:
        fields.note("id_number", *wrong)
        return None
    return number


def _identity(fields: Fields) -> Identity:
    identity = Identity(
        kind=fields.needed_code("kind", IDENTITIES),
        since=fields.day("since"),
        until=fields.day("until"),
        listed_on=fields.day("listed_on"),
    )
    if identity.since and identity.until and identity.until < identity.since:
        fields.note("until", "身份终止日早于认定日。", "请核对认定文书上的两个日期。")
    return identity


def _insurance(fields: Fields) -> Insurance:
    return Insurance(
        year=fields.needed_whole("year", FIRST_YEAR, LAST_YEAR),
        scheme=fields.code("scheme", SCHEMES),
        enrolled_on=fields.day("enrolled_on"),
        paid_on=fields.day("paid_on"),
        subsidy_received=fields.money("subsidy_received"),
    )


def _year_to_date(fields: Fields) -> YearToDate:
    return YearToDate(
        year=fields.needed_whole("year", FIRST_YEAR, LAST_YEAR),
        deductible_used=fields.money("deductible_used"),
        assistance_paid=fields.money("assistance_paid"),
        tilt_paid=fields.money("tilt_paid"),
    )


def _income(fields: Fields) -> Income:
    return Income(
        member=fields.needed_text("member"),
        kind=fields.code("kind", INCOME_KINDS),
        label=fields.text("label"),
        amount=fields.money("amount"),
        counted=fields.flag("counted"),
        note=fields.text("note"),
    )


def _asset(fields: Fields) -> Asset:
    return Asset(
        member=fields.needed_text("member"),
        kind=fields.text("kind"),
        value=fields.money("value"),
        count=fields.whole("count", 0, 10_000),
        area=_area(fields),
        note=fields.text("note"),
    )


def _area(fields: Fields) -> Decimal | None:
    area = fields.number("area")
    if area is None or (0 <= area < MOST_SQUARE_METRES and area == area.quantize(SQUARE_CENTIMETRE)):
        return area
    fields.note("area", "面积不能为负，不能过大，小数不超过四位。", "请按产权证填写平方米数。")
    return None


def _expense(fields: Fields) -> Expense:
    return Expense(
        id=fields.needed_text("id"),
        patient=fields.needed_text("patient"),
        kind=fields.needed_code("kind", EXPENSE_KINDS),
        provider=fields.text("provider"),
        designated=fields.flag("designated"),
        emergency_rescue=fields.flag("emergency_rescue"),
        place=fields.code("place", PLACES),
        referral=fields.code("referral", REFERRALS),
        one_stop=fields.flag("one_stop"),
        admitted_on=fields.day("admitted_on"),
        discharged_on=fields.day("discharged_on"),
        settled_on=fields.day("settled_on"),
        total=fields.money("total"),
        in_scope=fields.money("in_scope"),
        prior_self_pay=fields.money("prior_self_pay"),
        over_price_limit=fields.money("over_price_limit"),
        stated_full_self_pay=fields.money("full_self_pay"),
        basic_paid=fields.money("basic_paid"),
        major_paid=fields.money("major_paid"),
        supplementary_paid=fields.money("supplementary_paid"),
        commercial_paid=fields.money("commercial_paid"),
        mutual_aid=fields.money("mutual_aid"),
        assistance_paid=fields.money("assistance_paid"),
        charge_class=fields.code("charge_class", CHARGE_CLASSES),
        chronic_class=fields.whole("chronic_class", 1, 3),
    )
