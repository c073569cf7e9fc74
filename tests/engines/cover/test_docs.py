import doctest

from qingzhuang.engines import cover


def test_examples_in_the_docstring_are_true() -> None:
    result = doctest.testmod(cover)
    assert result.attempted > 0
    assert result.failed == 0
