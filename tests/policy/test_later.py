"""What is made when it is first read is made once, and is the tuple that it comes to."""

from collections.abc import Iterator

from desktop.policy.later import Later


class Counted:
    """Makes three numbers, and knows how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> Iterator[int]:
        self.times += 1
        yield from (1, 2, 3)


def test_nothing_is_made_before_it_is_read() -> None:
    made = Counted()
    later = Later(made)
    assert made.times == 0
    assert list(later) == [1, 2, 3]
    assert (len(later), later[0], later[1:], later[-1]) == (3, 1, (2, 3), 3)
    assert made.times == 1


def test_it_is_equal_to_the_tuple_and_to_another_that_comes_to_the_same() -> None:
    later = Later(Counted())
    assert later == (1, 2, 3)
    assert later == Later(Counted())
    assert later != (1, 2)
    assert later != [1, 2, 3]
    assert hash(later) == hash((1, 2, 3))
    assert repr(later) == "(1, 2, 3)"
    assert not Later(tuple)
