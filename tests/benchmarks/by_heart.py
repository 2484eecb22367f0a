"""What the loops by hand and the peer know by heart: the numbers of one document and one county, in fen and percent."""

from datetime import date

FROM = date(2023, 1, 1)
MONTHS = 12
# Identities from most to least favourable, each with its class.
CLASS_OF = {
    **dict.fromkeys(("tekun", "orphan", "unsupported_child"), 1),
    **dict.fromkeys(("dibao", "unstable_out_of_poverty", "marginal_near_poverty", "sudden_hardship"), 2),
    **{"worker_deep_hardship": 2, "dibao_marginal": 3, "worker_relative_hardship": 3},
    **{"illness_poverty": 4, "worker_accident_hardship": 4},
}
WORKERS = {"worker_deep_hardship", "worker_relative_hardship", "worker_accident_hardship"}
DEDUCTIBLE = {1: 0, 2: 0, 3: 100_000, 4: 200_000}
PERCENT = {1: 100, 2: 70, 3: 60, 4: 50}
CAP = 5_000_000
COVERED = {"inpatient", "outpatient_chronic"}
POINTS_OFF = 10
LATE_PERCENT = 50
# Whom nothing is to be identified for, and the lines below which a household is recognised, in percent of the standard.
BETTER = {"tekun", "orphan", "unsupported_child", "dibao", "dibao_marginal"}
LINE_PERCENT = {"dibao": 100, "dibao_marginal": 150, "illness_poverty": 150}
STANDARDS = {date(2022, 7, 1): {"urban": 66_000, "rural": 44_000}, date(2023, 7, 1): {"urban": 69_000, "rural": 48_000}}
PREMIUMS = {2023: (35_000, date(2023, 2, 28)), 2024: (38_000, date(2024, 2, 29))}
SUBSIDISED = {
    **dict.fromkeys(("tekun", "orphan", "unsupported_child", "retrenched_1960s", "psychiatric_risk"), 100),
    **dict.fromkeys(("dibao", "unstable_out_of_poverty", "marginal_near_poverty", "sudden_hardship"), 50),
    "dibao_marginal": 30,
}
