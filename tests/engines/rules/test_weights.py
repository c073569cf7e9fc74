"""The weights: the grams of a sentence, its score beside a plain reckoning of the same, and files that hold none."""

from __future__ import annotations

import json
import math
import random

import pytest

from qingzhuang.engines.errors import EngineInputError
from qingzhuang.engines.rules.weights import (
    GAPS,
    KINDS,
    LONGEST,
    LONGEST_AROUND,
    NOTHING,
    RARITY,
    REACH,
    Grams,
    Mark,
    SignWeights,
    Weights,
    grams_of,
    read_weights,
)

ALONE = "请报送走访照片。"
SCALE, BIAS = (0.01, 0.02), (-0.5, 0.25)


def _only(sentence: str, marks: tuple[Mark, ...] = ()) -> Grams:
    (grams,) = grams_of([sentence], [marks])
    return grams


def _weights(*sentences: str, marks: tuple[tuple[Mark, ...], ...] = ()) -> Weights:
    """Return weights by chance for every gram of `sentences`."""
    known: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for grams in grams_of(sentences, marks):
        for kind, held in grams.items():
            known[kind] |= held
    listed = {kind: sorted(held) for kind, held in known.items()}
    chance = random.Random(7)
    rows = [
        (chance.randrange(256), chance.randrange(256), chance.randrange(2, 200)) for k in listed.values() for _ in k
    ]
    table = bytes(byte for row in rows for byte in row)
    return Weights(("photo", "other"), listed, table, scale=SCALE, bias=BIAS)


def _reckoned(weights: Weights, grams: Grams) -> list[float]:
    """Reckon the scores of one sentence gram by gram."""
    rows = {}
    place = 0
    for kind in KINDS:
        for gram in weights.grams.get(kind, ()):
            rows[kind, gram] = weights.table[place * 3 : place * 3 + 3]
            place += 1
    known = [rows[kind, gram] for kind, held in grams.items() for gram in held if (kind, gram) in rows]
    length = math.sqrt(sum(row[2] for row in known) * RARITY)
    return [BIAS[i] + sum((row[i] - NOTHING) * SCALE[i] for row in known) / length for i in range(2)]


def test_a_sentence_has_its_runs_and_its_pairs() -> None:
    letters = "甲乙丙丁戊"
    grams = _only(letters)
    assert grams["run"] == {letters[i : i + k] for k in range(1, LONGEST + 1) for i in range(len(letters) - k + 1)}
    assert grams["pair"] == {letters[i] + letters[i + gap] for gap in GAPS for i in range(len(letters) - gap)}
    assert not grams["around"]


def test_no_gram_goes_beyond_its_sentence_and_its_neighbours_are_its_surroundings() -> None:
    first, second, third = grams_of(["甲乙。", "丙丁。", "戊己。"])
    assert first["run"] == _only("甲乙。")["run"]
    assert first["around"] == {"丙丁。"[i : i + k] for k in range(1, LONGEST_AROUND + 1) for i in range(4 - k)}
    assert {"甲", "己"} <= second["around"]
    assert "甲" not in third["around"]


def test_surroundings_reach_only_so_far() -> None:
    before, after = "前" * REACH + "近" * REACH, "近" * REACH + "后" * REACH
    _, middle, _ = grams_of([before, ALONE, after])
    assert middle["around"] == {"近", "近近", "近近近"}


def test_what_a_span_marks_counts_once_more() -> None:
    marked = _only(ALONE, ((0, 2, 1),))
    assert marked["run"] == _only(ALONE)["run"]
    assert marked["marked1"] == {"请", "请报", "请报送", "请报送走", "报", "报送", "报送走", "报送走访"}
    assert "marked2" not in marked
    assert _only(ALONE, ((0, 2, 2), (0, 2, 1))) == marked


def test_a_score_is_the_weighed_sum_over_the_set_brought_to_length_one() -> None:
    text, marks = [ALONE, "不得报送报送照片。", "另行通知。"], [(), ((0, 9, 1), (2, 4, 2)), ()]
    weights = _weights(*text[:2], marks=(marks[0], marks[1]))
    scores = weights.scores(text, marks)
    for score, grams in zip(scores, grams_of(text, marks), strict=True):
        assert score == pytest.approx(_reckoned(weights, grams))


def test_a_sum_has_room_for_a_very_long_sentence() -> None:
    letters = "".join(map(chr, range(0x4E00, 0x4E00 + 5000)))
    weights = _weights(letters)
    assert weights.scores([letters]) == [pytest.approx(_reckoned(weights, _only(letters)))]


def test_a_sentence_of_unknown_grams_has_the_bias_alone() -> None:
    assert _weights(ALONE).scores(["戊己", ""]) == [list(BIAS), list(BIAS)]


def test_the_telling_places_are_those_of_the_grams() -> None:
    weights = _weights(ALONE, marks=(((0, 2, 1),),))
    told = weights.telling("photo", f"戊己{ALONE}", ((2, 4, 1),))
    assert told[:2] == [0, 0]
    grams = _only(ALONE, ((0, 2, 1),))
    total = (_reckoned(weights, grams)[0] - BIAS[0]) * math.sqrt(
        sum(weights.table[2::3]) * RARITY
    )  # no gram of ALONE stands in it twice, so the places' sum is the sentence's
    assert sum(told) == pytest.approx(total)


def test_the_loudest_runs_come_first() -> None:
    runs = ("上报", "照片", "请", "走访")
    table = bytes([200, 10, 255, 10, 255, 10, 130, 10])
    weights = Weights(("photo",), {"run": runs}, table, scale=(0.1,), bias=(0.0,))
    assert weights.loudest("photo", 2) == ["照片", "上报"]


def test_weights_are_read_back_as_written() -> None:
    written = SignWeights(_weights(ALONE), _weights("请假。"), "digest")
    again = read_weights(written.to_json().encode())
    assert (again.signs, again.learned_from) == (("photo", "other"), "digest")
    for part in ("fault", "matter"):
        assert getattr(again, part).scores([ALONE]) == getattr(written, part).scores([ALONE])
    assert again.fault.scores([ALONE]) != again.matter.scores([ALONE])


@pytest.mark.parametrize("part", ["fault", "matter"])
@pytest.mark.parametrize(
    "change",
    [
        {"table": "AAAA"},
        {"table": "?"},
        {"scale": [1]},
        {"grams": {"shape": ["甲"]}},
        {"grams": []},
        {"signs": None},
        {"signs": ["other", "photo"]},
    ],
)
def test_a_file_that_holds_no_weights_is_refused(part: str, change: dict[str, object]) -> None:
    held = json.loads(SignWeights(_weights(ALONE), _weights(ALONE)).to_json())
    held[part] |= change
    with pytest.raises(EngineInputError) as refused:
        read_weights(json.dumps(held).encode())
    assert refused.value.code == "bad-weights"


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"\xff"])
def test_what_is_no_such_file_is_refused(data: bytes) -> None:
    with pytest.raises(EngineInputError):
        read_weights(data)
