"""The installed program tests itself: every library that it needs, on real files, in a throwaway folder."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from desktop.batches.outgoing import read_back
from desktop.domain.clerks import Clerk
from desktop.domain.money import Money
from desktop.notices.pdf import Faces, render
from desktop.policy.letters.letter import Letter, Paragraph
from desktop.store.opening import Opening, open_store
from desktop.store.secret import Secret
from desktop.work.assessing import Assessed, assess_files, read_json
from desktop.work.batching import export_batch
from desktop.work.intake import new_case, save_case
from desktop.work.library import load_library
from desktop.work.notices import issue_notice
from desktop.work.office import Letterhead, Office

RARE = "䶮𬱖㛃𡈽"


def selftest(policies: Path, fonts: Path, sample: Path, expected: Money) -> Iterator[tuple[str, str]]:
    """Runs the checks one by one: what was checked, and what came out. A check that fails raises."""
    with TemporaryDirectory(prefix="yimen-") as folder:
        library = load_library(policies)
        yield "政策", "、".join(f"{policy.document}" for policy in library.policies.values())
        store = open_store(Path(folder) / "selftest.db", Opening("自检", datetime.now().astimezone(), Secret.fresh()))
        try:
            office = Office(
                library=library,
                store=store,
                letterhead=Letterhead(office=f"自检窗口{RARE}"),
                locality=next(iter(library.localities)),
                fonts=fonts,
                now=lambda: datetime.now().astimezone(),
                official_texts=Path(folder) / "official_texts",
                who=lambda: Clerk("selftest", "自检", "administrator"),
            )
            yield "测算", _assess(office, sample, expected)
            case_id = _keep(office, sample)
            yield "案卷库", f"SQLCipher {store.read('PRAGMA cipher_version').fetchone()[0]}"
            yield "文书", _notice(office, case_id)
            yield "上报表", _batch(office, case_id, Path(folder))
        finally:
            store.close()


def _assessed(office: Office, sample: Path) -> Assessed:
    return assess_files(office.library, [sample], None, office.today())[0]


def _assess(office: Office, sample: Path, expected: Money) -> str:
    payable = _assessed(office, sample).assessment.payable
    assert payable == expected, "the sample case no longer pays what it should"
    return f"样例救助金额 {payable}"


def _keep(office: Office, sample: Path) -> str:
    draft = read_json(sample)
    assert isinstance(draft, dict)
    begun = new_case(office, str(draft["matter"]))
    save_case(office, begun.id, draft, {})
    return begun.id


def _notice(office: Office, case_id: str) -> str:
    notice = issue_notice(office, case_id, "calculation")
    letter = Letter("selftest", "自检", "自检", "", (Paragraph(RARE),), office.today())
    assert _text_of(render(letter, Faces(office.fonts))).count(RARE) == 1, "a rare character did not reach the page"
    return f"{notice.name}，{len(notice.pdf) // 1024} KB，生僻字 {RARE}"


def _text_of(pdf: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def _batch(office: Office, case_id: str, folder: Path) -> str:
    sent = export_batch(office, (case_id,), folder / "batch.xlsx")
    rows = sum(len(rows) for rows in read_back(sent.path).values())
    assert rows, "the workbook came back empty"
    return f"{sent.rows} 行写出，{rows} 行读回"
