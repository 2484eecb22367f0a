"""恢复表: the code that opens an office's cases when every password is lost; printed once, kept on paper alone."""

from dataclasses import dataclass, field
from datetime import date

from desktop.domain.calendar import chinese_day
from desktop.policy.letters.letter import BLANK, Code, Facts, Heading, Letter, Paragraph, Remark, Signatures

KEEPING = (
    "一是打印两份，当场核对，分别装入信封，封口签名盖章、写明日期；二是由两人分别保管，放在不同的地方并上锁，"
    "不与电脑、备份盘放在一起；三是每年检查一次封口，保管人变动时当面交接。"
)
SEEN = (
    "一是立即告诉单位负责人和管理员，写明何时、何人、看到什么；二是马上收好电脑和备份盘：只有恢复码、没有案卷文件，打不开案卷；"
    "三是恢复码与案卷库一一对应，不能单独更换，请与技术人员商量是否另建案卷库。"
)


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """What is printed: ``store`` a short mark of the store that the code opens, ``code`` its groups with dashes between.

    The store keeps neither this nor the letter: who has the code has the cases.
    """

    office: str
    made_on: date
    made_by: str
    store: str
    code: str = field(repr=False)


def recovery_sheet_letter(sheet: RecoverySheet) -> Letter:
    """The sheet; it goes to the printer and nowhere else."""
    groups = tuple(sheet.code.split("-"))
    return Letter(
        kind="recovery_sheet",
        office=sheet.office,
        title="恢复表",
        number=f"恢复{sheet.made_on:%Y%m%d}-{sheet.store}",
        parts=(
            Remark("凭本表和案卷文件可以打开全部案卷。请当场封存，不拍照，不扫描，不存入电脑。"),
            Facts(
                (
                    ("制表日期", chinese_day(sheet.made_on)),
                    ("制表人", sheet.made_by),
                    ("案卷库", sheet.store),
                    ("份数", "两份"),
                )
            ),
            Heading("一、恢复码"),
            Code("  ".join(groups)),
            Paragraph(
                "恢复码共七组，每组四个字符；没有字母 I、L、O、U，形似 I 和 O 的是数字 1 和 0。录入时不分大小写，录错的程序会提示。"
            ),
            Heading("二、什么时候用"),
            Paragraph(
                "管理员都忘记口令，或者换电脑、用备份恢复后无人能够登录时，在登录处用恢复码打开案卷，再设新口令。"
            ),
            Heading("三、怎样保管"),
            Paragraph(KEEPING),
            Heading("四、被人看到或者丢失时"),
            Paragraph(SEEN),
            Heading("五、保管登记（手写）"),
            Facts((("第一份存放处", BLANK), ("第二份存放处", BLANK))),
            Signatures(("第一份保管人", "第二份保管人")),
        ),
        issued=sheet.made_on,
    )
