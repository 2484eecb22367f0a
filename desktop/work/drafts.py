"""Between the counter and the file: a draft with its papers is one tree there, whose rows have ids."""

from desktop.domain.edits import Tree, untracked
from desktop.store.cases import KeptCase

Draft = dict[str, object]
PAPERS = "papers"


def draft_of(kept: KeptCase) -> Draft:
    """The draft of a kept case, as the counter and the case file know it."""
    return split(untracked(kept.tree), kept.case_no)[0]


def papers_of(kept: KeptCase) -> dict[str, str]:
    """The papers of a kept case, by id."""
    return split(kept.tree, kept.case_no)[1]


def joined(draft: Draft, papers: dict[str, str]) -> Tree:
    """A draft with its papers as one tree; the number is the register's, not the draft's."""
    return {**draft, "case_no": None, PAPERS: dict(papers)}


def split(tree: Tree, case_no: str | None) -> tuple[Draft, dict[str, str]]:
    """A tree as its draft and its papers."""
    papers = tree.get(PAPERS)
    draft = {name: value for name, value in tree.items() if name != PAPERS} | {"case_no": case_no}
    return draft, {str(name): str(state) for name, state in papers.items()} if isinstance(papers, dict) else {}
