"""The index: texts by key in a folder, and the nearest of them to a new one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from threading import Lock, RLock
from types import TracebackType

from rapidfuzz.distance import Indel

from qingzhuang.engines.errors import EngineInputError
from qingzhuang.engines.similar.compare import Match, compared, encoded, text_of
from qingzhuang.engines.similar.encoder import Encoder, encoder_of
from qingzhuang.engines.similar.forms import Forms
from qingzhuang.engines.similar.grams import indexed
from qingzhuang.engines.similar.measure import Measure
from qingzhuang.engines.similar.store import Store
from qingzhuang.engines.similar.view import Entry, View

FORMAT = 1  # raise it when forms or grams change: an index made with others is then refused, or made anew
CANDIDATES = 200  # that the search finds and the measure ranks: so many, or four for each that is wanted
ENCODED = 32  # candidates that a model sees


def open_index(
    folder: str | Path,
    *,
    synonyms: Iterable[Iterable[str]] = (),
    model: str | Path | Encoder | None = None,
    rebuild: bool = False,
) -> Index:
    """Open the index in `folder`, or make one where there is nothing yet, or an empty folder.

    `synonyms`: groups of terms that mean the same. An index made with other groups, or by another version of this engine, is
    refused, or with `rebuild` made anew from its texts. `model`: see `encoder`; it makes no difference to what is stored.
    Raises EngineInputError: `index-folder-taken`, `index-broken`, `index-other-version`, `index-other-synonyms`,
    `index-not-written`; with `rebuild` also `index-busy`; and what `Forms` and `encoder_of` raise.
    """
    return Index(Path(folder), Forms(synonyms), encoder_of(model), rebuild=rebuild)


class Index:
    """An open index. Safe in threads; several processes may read while one writes.

    Changes wait until `commit`, which writes all of them or none; until then they are not found. Used as a context manager it
    commits at the end, or forgets the changes where an exception ends it. A commit that fails forgets them too.
    Any call but `close` raises EngineInputError: `index-closed`, `index-broken`, and `text-unusable` for what is no text.
    """

    def __init__(self, folder: Path, forms: Forms, encoder: Encoder | None, *, rebuild: bool) -> None:
        """See `open_index`."""
        self._forms, self._encoder = forms, encoder
        self._writing, self._looking = RLock(), Lock()
        self._pending: set[str] = set()
        about = _about(forms)
        self._folder = folder
        self._store: Store | None = Store(folder, about)
        if (made := self._store.view().about) != about:
            if not rebuild:
                raise EngineInputError(_difference(made, about), folder=str(folder))
            self._rebuild(self._store, about)

    def add(self, key: str, text: str) -> None:
        """Add `text`, in the place of what `key` had before.

        Raises EngineInputError: `key-unusable`, `text-unusable` (no letter and no digit in it, or no Unicode), `index-busy`
        (another process is writing), `index-not-written`.
        """
        self.add_many([(key, text)])

    def add_many(self, entries: Iterable[tuple[str, str]]) -> None:
        """Add the texts of (key, text) one after another, as `add` does; a bad one ends it, and those before it wait."""
        with self._writing:
            store = self._opened()
            view = store.begin()
            for key, text in entries:
                new = _key(key) not in self._pending and not view.may_hold(key)
                form = self._forms.form(text_of(text))
                if not form or not _is_unicode(text):
                    raise EngineInputError("text-unusable", key=key, text=text)
                store.put(Entry(key, text, form), indexed(form), new=new)
                self._pending.add(key)

    def remove(self, key: str) -> None:
        """Remove the text of `key`, if there is one. Raises EngineInputError as `add` does."""
        with self._writing:
            self._opened().remove(_key(key))

    def commit(self) -> None:
        """Write what was added and removed, all or nothing; from then on it is found, and other processes may write."""
        with self._writing:
            self._pending.clear()
            self._opened().commit()

    def rollback(self) -> None:
        """Forget what was added and removed since the last commit."""
        with self._writing:
            self._pending.clear()
            self._opened().rollback()

    def nearest(self, text: str, k: int = 5) -> list[Match]:
        """Return the `k` entries that say most nearly what `text` says, the nearest first; fewer where no more have any part of it.

        Where scores are equal, what is written more alike comes first, then the smaller key. Raises EngineInputError
        `neighbours-out-of-range` for a `k` below 1.
        """
        if k < 1:
            raise EngineInputError("neighbours-out-of-range", k=k)
        view, form = self._view(), self._forms.form(text_of(text))
        if not form:
            return []
        measure = Measure(form, view.weights)
        found = view.candidates(form, min(max(CANDIDATES, 4 * k), len(view)))
        matches = [Match(entry.key, entry.text, measure.score(entry.form)) for entry in found]
        matches.sort(key=lambda match: (-match.score, -Indel.normalized_similarity(text, match.text), match.key))
        if self._encoder is not None:
            matches = encoded(self._encoder, text, matches[: max(ENCODED, k)])
        return matches[:k]

    def similarity(self, a: str, b: str) -> float:
        """Return how much two texts say the same, 0 to 1, weighed as `nearest` weighs: by what is rare in this index."""
        return compared(a, b, self._forms, self._view().weights, self._encoder)

    def text(self, key: str) -> str | None:
        """Return the text of `key` as of the last commit, None where there is none."""
        entry = self._view().get(_key(key))
        return entry.text if entry else None

    def close(self) -> None:
        """Forget what was not committed, and let go of the folder."""
        with self._writing:
            if self._store is not None:
                self.rollback()
                self._store = None

    def __len__(self) -> int:
        """How many entries there are, as of the last commit."""
        return len(self._view())

    def __enter__(self) -> Index:
        """Return the index itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Commit, unless an exception ends the block, and close."""
        try:
            if kind is None and self._store is not None:
                self.commit()
        finally:
            self.close()

    def _opened(self) -> Store:
        if self._store is None:
            raise EngineInputError("index-closed", folder=str(self._folder))
        return self._store

    def _view(self) -> View:
        with self._looking:
            return self._opened().view()

    def _rebuild(self, store: Store, about: str) -> None:
        """Write every text again, as this index would have written it."""
        view = store.view()
        store.clear(about)
        for entry in view.entries():
            form = self._forms.form(entry.text)
            store.put(entry._replace(form=form), indexed(form), new=True)
        store.commit()


def _about(forms: Forms) -> str:
    """Return what tells one way of making entries from another: the version, and a digest of the synonyms as they work."""
    synonyms = json.dumps(sorted(forms.chosen.items()), ensure_ascii=False)
    return f"{FORMAT} {hashlib.sha256(synonyms.encode()).hexdigest()}"


def _difference(made: str, about: str) -> str:
    return "index-other-synonyms" if made.split(" ")[0] == about.split(" ")[0] else "index-other-version"


def _key(key: object) -> str:
    if isinstance(key, str) and key and _is_unicode(key):
        return key
    raise EngineInputError("key-unusable", key=key)


def _is_unicode(text: str) -> bool:
    """Tell whether `text` can be written: half of a surrogate pair, as broken files have it, cannot."""
    try:
        return text.encode() is not None
    except UnicodeEncodeError:
        return False
