"""An embedding model of the user's own: texts to unit vectors. Nothing is downloaded; what is missing is said.

A model is a folder as sentence-transformers exports one for ONNX: `model.onnx` (or `onnx/model.onnx`), `tokenizer.json`,
and where there is one `1_Pooling/config.json`, which says how tokens become a sentence (their mean, or the first).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qingzhuang.engines.errors import EngineInputError

Encoder: TypeAlias = Callable[[Sequence[str]], ArrayLike]
"""Texts to an array of one row each; rows need not be of length 1."""

LONGEST = 256  # tokens; a demand is seldom longer, and time grows with the square


def encoder_of(model: str | Path | Encoder | None) -> Encoder | None:
    """Return `model` ready to encode: a folder is opened, a callable is taken as it is.

    Raises EngineInputError: `model-file-missing`, `model-extra-missing`, `model-unusable`.
    """
    if isinstance(model, str | Path):
        return OnnxEncoder(Path(model))
    if model is not None and not callable(model):
        raise EngineInputError("model-unusable", reason=f"{type(model).__name__} is neither a folder nor callable")
    return model


def cosines(encoder: Encoder, text: str, others: Sequence[str]) -> NDArray[np.float64]:
    """Return the cosine between `text` and each of `others`, those below 0 as 0.

    Raises EngineInputError `model-unusable` where the encoder gives anything but one row of numbers a text.
    """
    try:
        rows = np.asarray(encoder([text, *others]), np.float64)
    except (TypeError, ValueError) as error:
        raise EngineInputError("model-unusable", reason=str(error)) from error
    if rows.ndim != 2 or len(rows) != len(others) + 1 or not np.isfinite(rows).all():
        raise EngineInputError("model-unusable", reason=f"array of shape {rows.shape} for {len(others) + 1} texts")
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    rows = rows / np.where(lengths > 0, lengths, 1)
    clipped: NDArray[np.float64] = np.clip(rows[1:] @ rows[0], 0, 1)
    return clipped


class OnnxEncoder:
    """A sentence embedding model in a folder, run by ONNX Runtime on the processor."""

    def __init__(self, folder: Path) -> None:
        """Open the files of `folder`."""
        model = next((path for path in (folder / "model.onnx", folder / "onnx" / "model.onnx") if path.is_file()), None)
        tokenizer = folder / "tokenizer.json"
        if model is None or not tokenizer.is_file():
            missing = "model.onnx" if model is None else tokenizer.name
            raise EngineInputError("model-file-missing", folder=str(folder), file=missing)
        runtime, tokenizers = _extra("onnxruntime"), _extra("tokenizers")
        try:
            self._session = runtime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
            self._tokenizer = tokenizers.Tokenizer.from_file(str(tokenizer))
        except Exception as error:  # each library has its own
            raise EngineInputError("model-unusable", folder=str(folder), reason=str(error)) from error
        self._tokenizer.enable_truncation(LONGEST)
        self._tokenizer.enable_padding()
        self._inputs = {given.name for given in self._session.get_inputs()}
        self._first_token = _pools_first_token(folder)

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Return a row for each text."""
        read = self._tokenizer.encode_batch(list(texts))
        fed = {
            "input_ids": np.array([one.ids for one in read], np.int64),
            "attention_mask": np.array([one.attention_mask for one in read], np.int64),
            "token_type_ids": np.array([one.type_ids for one in read], np.int64),
        }
        try:
            answer = self._session.run(None, {name: fed[name] for name in self._inputs})[0]
        except Exception as error:  # an input that no tokenizer gives, a shape that does not fit
            raise EngineInputError("model-unusable", reason=str(error)) from error
        tokens = np.asarray(answer, np.float64)
        if tokens.ndim == 2:  # a model that pools by itself
            return tokens
        if self._first_token:
            return tokens[:, 0]
        mask = fed["attention_mask"][:, :, None]
        return np.asarray((tokens * mask).sum(axis=1) / np.maximum(mask.sum(axis=1), 1))


def _extra(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise EngineInputError("model-extra-missing", package=name, extra="embed") from error


def _pools_first_token(folder: Path) -> bool:
    try:
        pooling = json.loads((folder / "1_Pooling" / "config.json").read_text(encoding="utf-8"))
        return bool(pooling.get("pooling_mode_cls_token"))
    except (OSError, ValueError, AttributeError):
        return False
