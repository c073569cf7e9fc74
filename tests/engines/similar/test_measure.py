"""How much two forms say the same."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingzhuang.engines.similar import similarity
from qingzhuang.engines.similar.measure import NEIGHBOURS, ORDER, SYMBOLS, Measure, Weights

FORMS = st.text(alphabet="甲乙丙丁的\U000f0001\U000f0002", min_size=1, max_size=12)
COUNTS = {"甲": 900, "乙": 30, "丙": 1, "的": 500, "\U000f0001": 3}


def weights(*, counted: bool) -> Weights:
    return Weights(lambda symbol: COUNTS.get(symbol, 0), 1000) if counted else Weights()


def by_hand(a: str, b: str, weight: Weights) -> float:
    """The formula of the module, word for word."""

    def dice(mine: Counter, theirs: Counter, of) -> float:
        both = sum(of(one) * count for one, count in (mine & theirs).items())
        all_of_them = sum(of(one) * count for one, count in (mine + theirs).items())
        return 2 * both / all_of_them if all_of_them else 0.0

    def neighbours(form: str) -> Counter:
        return Counter(form[place : place + 2] for place in range(len(form) - 1))

    longest = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for x, symbol in enumerate(a):
        for y, other in enumerate(b):
            longest[x + 1][y + 1] = longest[x][y] + 1 if symbol == other else max(longest[x][y + 1], longest[x + 1][y])
    return (
        SYMBOLS * dice(Counter(a), Counter(b), weight.__getitem__)
        + NEIGHBOURS * dice(neighbours(a), neighbours(b), lambda pair: (weight[pair[0]] + weight[pair[1]]) / 2)
        + ORDER * 2 * longest[-1][-1] / (len(a) + len(b))
    )


@given(FORMS, FORMS, st.booleans())
def test_score_is_the_formula(a, b, counted):
    weight = weights(counted=counted)
    if a != b:
        assert Measure(a, weight).score(b) == pytest.approx(by_hand(a, b, weight))


@given(FORMS, FORMS, st.booleans())
def test_score_is_the_same_both_ways_and_between_0_and_1(a, b, counted):
    weight = weights(counted=counted)
    score = Measure(a, weight).score(b)
    assert score == Measure(b, weight).score(a)
    assert 0 <= score <= 1
    assert (score == 0) == (not set(a) & set(b))
    assert (score == 1) == (a == b)


def test_score_of_an_empty_form_is_0():
    assert Measure("", Weights()).score("甲") == 0
    assert Measure("甲", Weights()).score("") == 0


def test_score_rare_symbol_counts_more_than_common_one():
    weight = weights(counted=True)
    assert Measure("甲丙", weight).score("丙") > Measure("甲丙", weight).score("甲")


def test_score_particle_counts_less():
    assert Measure("甲乙的", Weights()).score("甲乙") > Measure("甲乙丙", Weights()).score("甲乙")


def test_similarity_of_rewordings_is_higher_than_of_other_things():
    groups = [["上报", "报送"], ["台账", "清册"]]
    text = "关于上报2026年第三季度人居环境台账的通知"
    same = [
        "报送二〇二六年三季度人居环境清册",
        "關於上報2026年第三季度人居環境臺賬的通知",
        "2026年第三季度人居环境台账上报",
    ]
    other = ["关于上报2025年第四季度饮水安全台账的通知", "脱贫户人均纯收入", ""]
    least = min(similarity(text, one, synonyms=groups) for one in same)
    assert least > max(similarity(text, one, synonyms=groups) for one in other)
    assert similarity(text, same[1], synonyms=groups) == 1
