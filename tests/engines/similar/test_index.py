"""The index beside a register kept in a dictionary, and what is found in it beside comparing with everything."""

import tempfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from qingzhuang.engines.errors import EngineInputError
from qingzhuang.engines.similar import Match, open_index
from qingzhuang.engines.similar.forms import Forms
from qingzhuang.engines.similar.measure import Measure

GROUPS = (("上报", "报送"), ("台账", "清册"))
KEYS = st.sampled_from([str(number) for number in range(8)])
TEXTS = st.text(alphabet="上报送台账清册甲乙丙丁的三3", min_size=1, max_size=10)
STEPS = st.one_of(
    st.tuples(st.just("add"), KEYS, TEXTS), st.tuples(st.just("remove"), KEYS), st.tuples(st.just("commit"))
)


def by_comparing_all(index, register, text, k):
    """Everything that shares a symbol, by the measure, then the writing, then the key."""
    forms = Forms(GROUPS)
    measure = Measure(forms.form(text), index._view().weights)
    matches = [Match(key, one, measure.score(forms.form(one))) for key, one in register.items()]
    ranked = sorted(matches, key=lambda m: (-m.score, -Indel.normalized_similarity(text, m.text), m.key))
    return [match for match in ranked if match.score > 0][:k]


@settings(max_examples=25)
@given(
    st.dictionaries(st.text(min_size=1, max_size=5).filter(str.isalnum), TEXTS, max_size=60), TEXTS, st.integers(1, 70)
)
def test_nearest_is_what_comparing_with_everything_finds(register, text, k):
    with tempfile.TemporaryDirectory() as folder, open_index(folder, synonyms=GROUPS) as index:
        index.add_many(register.items())
        index.commit()
        assert index.nearest(text, k) == by_comparing_all(index, register, text, k)


@settings(max_examples=25)
@given(st.lists(STEPS, max_size=25), TEXTS)
def test_index_changed_step_by_step_holds_what_a_dictionary_would(steps, text):
    committed, register = {}, {}
    with tempfile.TemporaryDirectory() as folder:
        with open_index(folder, synonyms=GROUPS) as index:
            for step, *given_ in steps:
                getattr(index, step)(*given_)
                if step == "add":
                    register[given_[0]] = given_[1]
                elif step == "remove":
                    register.pop(given_[0], None)
                else:
                    committed = dict(register)
                assert len(index) == len(committed)
                assert {key: index.text(key) for key in register | committed if index.text(key)} == committed
        with open_index(folder, synonyms=GROUPS) as again:
            assert len(again) == len(register)
            assert again.nearest(text, 20) == by_comparing_all(again, register, text, 20)


def test_nearest_ties_are_broken_by_writing_then_by_key(tmp_path):
    with open_index(tmp_path / "index", synonyms=GROUPS) as index:
        index.add_many([("b", "报送台账"), ("c", "上报清册"), ("a", "报送台账"), ("d", "上报台账")])
        index.commit()
        assert [match.key for match in index.nearest("上报台账", 9)] == ["d", "a", "b", "c"]
        assert {match.score for match in index.nearest("上报台账", 9)} == {1.0}


def test_nearest_of_nothing_in_common_is_empty(tmp_path):
    with open_index(tmp_path / "index") as index:
        assert index.nearest("台账") == []
        index.add("1", "台账")
        index.commit()
        assert index.nearest("照片") == []
        assert index.nearest("！？") == []
        assert index.nearest("") == []


def test_nearest_with_single_characters_in_common_is_found(tmp_path):
    with open_index(tmp_path / "index") as index:
        index.add_many([("1", "妇女儿童权益"), ("2", "水")])
        index.commit()
        assert [match.key for match in index.nearest("妇儿")] == ["1"]
        assert [match.key for match in index.nearest("水")] == ["2"]


def test_nearest_number_alone_is_found(tmp_path):
    with open_index(tmp_path / "index") as index:
        index.add_many([("1", "二〇二六年工作要点"), ("2", "2025年工作要点")])
        index.commit()
        assert index.nearest("2026")[0].key == "1"


def test_nearest_common_grams_left_out_still_finds_the_rare(tmp_path, monkeypatch):
    monkeypatch.setattr("qingzhuang.engines.similar.view.POSTINGS", 10)
    monkeypatch.setattr("qingzhuang.engines.similar.view.FEWEST_GRAMS", 1)
    with open_index(tmp_path / "index") as index:
        index.add_many((str(number), f"关于报送第{number}村台账的通知") for number in range(500))
        index.commit()
        assert index.nearest("关于报送第三百二十一村台账的通知")[0].key == "321"


def test_add_same_key_twice_before_commit_keeps_the_last(tmp_path):
    with open_index(tmp_path / "index") as index:
        index.add_many([("1", "台账"), ("1", "照片")])
        index.commit()
        assert (len(index), index.text("1")) == (1, "照片")
        assert index.nearest("台账") == []


def test_context_manager_commits_at_the_end_and_forgets_after_an_error(tmp_path):
    with open_index(tmp_path / "index") as index:
        index.add("1", "台账")
    with pytest.raises(EngineInputError), open_index(tmp_path / "index") as index:
        index.add_many([("2", "照片"), ("3", "")])
    with open_index(tmp_path / "index") as index:
        assert (index.text("1"), index.text("2"), len(index)) == ("台账", None, 1)


def test_add_many_bad_entry_ends_it_and_nothing_is_written(tmp_path):
    with pytest.raises(EngineInputError) as error, open_index(tmp_path / "index") as index:
        index.add_many([("1", "台账"), ("2", "……")])
    assert (error.value.code, error.value.data["key"]) == ("text-unusable", "2")
    with open_index(tmp_path / "index") as index:
        assert len(index) == 0


def test_rollback_forgets_and_lets_one_go_on(tmp_path):
    with open_index(tmp_path / "index") as index:
        index.add("1", "台账")
        index.rollback()
        index.add("2", "照片")
    with open_index(tmp_path / "index") as index:
        assert (index.text("1"), index.text("2")) == (None, "照片")


def test_similarity_of_the_index_weighs_by_what_is_rare_in_it(tmp_path):
    with open_index(tmp_path / "index") as index:
        index.add_many((str(number), f"报送台账{chr(0x4E00 + number)}") for number in range(300))
        index.commit()
        assert index.similarity("报送台账砂", "砂") > index.similarity("报送台账砂", "台")
        assert index.similarity("報送", "报送") == 1
        assert index.similarity("", "报送") == 0


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda index: index.add("", "台账"), "key-unusable"),
        (lambda index: index.add(3, "台账"), "key-unusable"),
        (lambda index: index.add("\ud800", "台账"), "key-unusable"),
        (lambda index: index.add("1", "——"), "text-unusable"),
        (lambda index: index.add("1", None), "text-unusable"),
        (lambda index: index.add("1", "台账\ud800"), "text-unusable"),
        (lambda index: index.remove(""), "key-unusable"),
        (lambda index: index.text(""), "key-unusable"),
        (lambda index: index.nearest("台账", 0), "neighbours-out-of-range"),
        (lambda index: index.nearest(None), "text-unusable"),
        (lambda index: index.similarity("台账", 5), "text-unusable"),
    ],
)
def test_index_nonsense_is_refused(tmp_path, call, code):
    with open_index(tmp_path / "index") as index, pytest.raises(EngineInputError) as error:
        call(index)
    assert error.value.code == code


def test_nearest_more_than_there_are_gives_all(tmp_path):
    with open_index(tmp_path / "index") as index:
        index.add_many((str(number), f"台账{number}") for number in range(3))
        index.commit()
        assert len(index.nearest("台账", 10**9)) == 3
        assert len(index.nearest("台账\ud800", 2)) == 2
