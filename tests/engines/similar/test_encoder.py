"""A model of the user's own: any callable, or a folder that ONNX Runtime opens."""

import json
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest

from qingzhuang.engines.errors import EngineInputError
from qingzhuang.engines.similar import open_index, similarity
from qingzhuang.engines.similar.encoder import LONGEST, OnnxEncoder, cosines

MEANING = {"报送台账": [1, 0], "提交清册": [0.9, 0.1], "报送照片": [0, 1]}


def encoder(texts):
    return [MEANING[text] for text in texts]


def test_nearest_with_a_model_orders_by_characters_and_meaning(tmp_path):
    register = [("1", "报送照片"), ("2", "提交台账清册")]
    with open_index(tmp_path) as index:
        index.add_many(register)
        index.commit()
        plain = index.nearest("报送台账")
    assert [match.key for match in plain] == ["1", "2"]
    meaning = {"报送照片": [0, 2], "提交台账清册": [3, 0], "报送台账": [1, 0]}
    with open_index(tmp_path, model=lambda texts: np.array([meaning[text] for text in texts])) as index:
        found = index.nearest("报送台账")
    assert [match.key for match in found] == ["2", "1"]
    assert found[0].score == pytest.approx((plain[1].score + 1) / 2)
    assert found[1].score == pytest.approx(plain[0].score / 2)


def test_nearest_with_a_model_shows_it_the_first_candidates_only(tmp_path):
    seen = []

    def count(texts):
        seen.append(len(texts))
        return np.ones((len(texts), 2))

    with open_index(tmp_path, model=count) as index:
        index.add_many((str(number), f"台账{number}") for number in range(100))
        index.commit()
        assert len(index.nearest("台账", 5)) == 5
        assert len(index.nearest("台账", 50)) == 50
        assert index.nearest("照片") == []
    assert seen == [33, 51]


def test_similarity_with_a_model_is_the_mean_of_both():
    assert similarity("报送台账", "报送照片", model=encoder) == pytest.approx(similarity("报送台账", "报送照片") / 2)
    assert similarity("报送台账", "", model=encoder) == 0


def test_cosines_of_opposites_and_zeros_are_0():
    assert cosines(lambda texts: [[1, 0], [-1, 0], [0, 0], [5, 0]], "a", "bcd").tolist() == [0, 0, 1]


@pytest.mark.parametrize(
    "bad",
    [
        lambda texts: None,
        lambda texts: [[1, 0]],
        lambda texts: [1.0, 1.0],
        lambda texts: [[float("nan")], [1]],
        lambda texts: [["x"], ["y"]],
    ],
)
def test_similarity_model_that_gives_no_row_for_each_text_is_refused(bad):
    with pytest.raises(EngineInputError) as error:
        similarity("台账", "照片", model=bad)
    assert error.value.code == "model-unusable"


@pytest.fixture
def model(tmp_path):
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "model.onnx").write_bytes(b"")
    (folder / "tokenizer.json").write_text("{}")
    return folder


@pytest.fixture
def runtime(monkeypatch):
    """Stand-ins for the two libraries of the extra: a token is a character, its vector the character's number and 1."""

    class Session:
        def __init__(self, path, providers):
            assert providers == ["CPUExecutionProvider"]
            if path.endswith("broken.onnx"):
                raise RuntimeError("no protobuf")

        def get_inputs(self):
            return [SimpleNamespace(name="input_ids"), SimpleNamespace(name="attention_mask")]

        def run(self, names, fed):
            assert names is None
            assert set(fed) == {"input_ids", "attention_mask"}
            return [np.stack([fed["input_ids"], np.ones_like(fed["input_ids"])], axis=2)]

    class Tokenizer:
        @classmethod
        def from_file(cls, path):
            if not Path(path).read_text():
                raise ValueError("no JSON")
            return cls()

        def enable_truncation(self, most):
            assert most == LONGEST

        def enable_padding(self):
            pass

        def encode_batch(self, texts):
            longest = max(map(len, texts))
            return [
                SimpleNamespace(
                    ids=[ord(c) for c in text] + [99] * (longest - len(text)),
                    attention_mask=[1] * len(text) + [0] * (longest - len(text)),
                    type_ids=[0] * longest,
                )
                for text in texts
            ]

    for name, content in (("onnxruntime", {"InferenceSession": Session}), ("tokenizers", {"Tokenizer": Tokenizer})):
        module = ModuleType(name)
        vars(module).update(content)
        monkeypatch.setitem(sys.modules, name, module)
    return Session


def test_onnx_encoder_takes_the_mean_of_the_tokens_without_padding(model, runtime):
    assert OnnxEncoder(model)(["\x02\x04", "\x06"]).tolist() == [[3, 1], [6, 1]]


def test_onnx_encoder_takes_the_first_token_where_the_folder_says_so(model, runtime):
    (model / "1_Pooling").mkdir()
    (model / "1_Pooling" / "config.json").write_text(json.dumps({"pooling_mode_cls_token": True}))
    assert OnnxEncoder(model)(["\x02\x04", "\x06"]).tolist() == [[2, 1], [6, 1]]


def test_onnx_encoder_takes_sentences_as_they_come(model, runtime, monkeypatch):
    monkeypatch.setattr(runtime, "run", lambda self, names, fed: [np.array([[1, 2], [3, 4]])])
    assert OnnxEncoder(model)(["a", "b"]).tolist() == [[1, 2], [3, 4]]


def test_onnx_encoder_finds_the_model_one_folder_down(model, runtime, tmp_path):
    (model / "onnx").mkdir()
    (model / "model.onnx").rename(model / "onnx" / "model.onnx")
    with open_index(tmp_path / "index", model=str(model)) as index:
        index.add("1", "台账")
        index.commit()
        assert index.nearest("台账")[0].score == pytest.approx(1)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_onnx_encoder_file_missing_is_said(model, name):
    (model / name).unlink()
    with pytest.raises(EngineInputError) as error:
        similarity("台账", "照片", model=model)
    assert (error.value.code, error.value.data["file"]) == ("model-file-missing", name)


def test_onnx_encoder_extra_missing_is_said(model, monkeypatch):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(EngineInputError) as error:
        OnnxEncoder(model)
    assert (error.value.code, error.value.data["extra"]) == ("model-extra-missing", "embed")


def test_onnx_encoder_broken_files_are_said(model, runtime):
    (model / "tokenizer.json").write_text("")
    with pytest.raises(EngineInputError) as error:
        OnnxEncoder(model)
    assert error.value.code == "model-unusable"


def test_onnx_encoder_model_that_fails_is_said(model, runtime, monkeypatch):
    def fail(self, names, fed):
        raise RuntimeError("unexpected rank")

    monkeypatch.setattr(runtime, "run", fail)
    with pytest.raises(EngineInputError) as error:
        similarity("台账", "照片", model=model)
    assert error.value.code == "model-unusable"


def test_open_index_model_that_is_nothing_is_refused(tmp_path):
    with pytest.raises(EngineInputError) as error:
        open_index(tmp_path, model=3)
    assert error.value.code == "model-unusable"
