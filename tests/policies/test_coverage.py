"""No clause is lost: each has one place in the gists, and is computed, shown or set aside as it says."""

from desktop.policy.proof.coverage import coverage
from desktop.work.library import Library

# Every clause that can be computed, by document; 00 is the clause of the days on which a document applies.
CLAUSES = {"N": range(1, 15), "G": range(31), "P": range(1, 38), "J": range(1, 21), "H": range(1, 13)}
WHEN_IN_FORCE = {"N-00", "J-00"}


def test_every_clause_has_one_place_in_the_gists(library: Library) -> None:
    documents = {name for name, policy in library.policies.items() if policy.kind != "example"}
    rows = coverage(library.policies, library.clauses).rows
    listed = [row.clause.id for row in rows if documents & set(row.documents)]
    wanted = {f"{letter}-{number:02}" for letter, numbers in CLAUSES.items() for number in numbers}
    assert wanted - set(listed) == set(), "lost"
    assert set(listed) - wanted - WHEN_IN_FORCE == set(), "not of any document"
    assert sorted({one for one in listed if listed.count(one) > 1}) == [], "twice"


def test_every_clause_is_handled_as_it_says(library: Library) -> None:
    assert coverage(library.policies, library.clauses).faults == ()
