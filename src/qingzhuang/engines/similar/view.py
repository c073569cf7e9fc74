"""What an index folder held at one moment: unchanged by whatever is written after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import tantivy

from qingzhuang.engines.errors import EngineInputError
from qingzhuang.engines.similar.grams import sought
from qingzhuang.engines.similar.measure import Weights

FIRST = "about"  # the term by which the first document, which says how the others were made, is found
POSTINGS = 200_000  # that a search may read; of commoner grams only the rarest are sought
FEWEST_GRAMS = 6  # that are sought however common they are

_TERM, _SHOULD = tantivy.Query.term_query, tantivy.Occur.Should


class Entry(NamedTuple):
    """What the folder holds of one text."""

    key: str
    text: str
    form: str


class View:
    """The entries of one moment, and the weights of symbols that follow from them. Safe in threads."""

    def __init__(self, folder: Path, index: tantivy.Index) -> None:
        """See `folder`, which `index` has open, as it was when `index` was last loaded."""
        self._folder, self._schema, self._searcher = folder, index.schema, index.searcher()
        self.weights = Weights(self.count_of, len(self))

    def __len__(self) -> int:
        """How many entries there are."""
        return max(0, self._searcher.num_docs - 1)

    @property
    def about(self) -> str:
        """How the entries were made; empty where nothing says so."""
        with told(self._folder, "index-broken"):
            document = self._document("first", FIRST)
            return bytes(document["text"][0]).decode() if document is not None else ""

    def get(self, key: str) -> Entry | None:
        """Return the entry of `key`, if there is one."""
        with told(self._folder, "index-broken"):
            document = self._document("key", key)
            return _entry(document) if document is not None else None

    def may_hold(self, key: str) -> bool:
        """Tell whether `key` is there, or was until lately: quicker than `get`."""
        with told(self._folder, "index-broken"):
            return self._searcher.doc_freq("key", key) > 0

    def count_of(self, gram: str) -> int:
        """Return in how many entries `gram` stands; those removed lately may count still."""
        with told(self._folder, "index-broken"):
            return self._searcher.doc_freq("grams", gram)

    def candidates(self, form: str, most: int) -> list[Entry]:
        """Return the `most` entries that share the rarest grams of `form`, by BM25.

        Pairs, numbers and words are sought; single symbols only where these find fewer than `most`.
        """
        found = self._search(self._rarest(sought(form)), most)
        if len(found) < most:
            known = {entry.key for entry in found}
            found += [
                entry for entry in self._search(self._rarest([*dict.fromkeys(form)]), most) if entry.key not in known
            ]
        return found

    def entries(self) -> Iterator[Entry]:
        """Yield every entry, in no order."""
        with told(self._folder, "index-broken"):
            for _, address in self._searcher.search(tantivy.Query.all_query(), len(self) + 1, count=False).hits:
                document = self._searcher.doc(address)
                if document.get_first("key") is not None:
                    yield _entry(document)

    def _rarest(self, grams: Iterable[str]) -> list[str]:
        """Return the grams to seek, the rarest first, as many as `POSTINGS` allows; those that no entry has are left out."""
        chosen: list[str] = []
        read = 0
        for count, gram in sorted((self.count_of(gram), gram) for gram in grams):
            read += count
            if read > POSTINGS and len(chosen) >= FEWEST_GRAMS:
                break
            if count:
                chosen.append(gram)
        return chosen

    def _search(self, grams: list[str], most: int) -> list[Entry]:
        with told(self._folder, "index-broken"):
            terms = [(_SHOULD, _TERM(self._schema, "grams", gram, "freq")) for gram in grams]
            hits = self._searcher.search(tantivy.Query.boolean_query(terms), most, count=False).hits if terms else []
            return [_entry(self._searcher.doc(address)) for _, address in hits]

    def _document(self, field: str, term: str) -> tantivy.Document | None:
        hits = self._searcher.search(_TERM(self._schema, field, term, "basic"), 1, count=False).hits
        return self._searcher.doc(hits[0][1]) if hits else None


def _entry(document: tantivy.Document) -> Entry:
    text, form = document["text"][0], document["form"][0]
    return Entry(document["key"][0], bytes(text).decode(), bytes(form).decode())


@contextmanager
def told(folder: Path, code: str) -> Iterator[None]:
    """Say in our words, as `code`, what Tantivy and the system raise, a panic of compiled code included."""
    try:
        yield
    except EngineInputError:
        raise
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        reason = str(error)
        for sign, meaning in (("LockBusy", "index-busy"), ("schema does not match", "index-other-version")):
            code = meaning if sign in reason else code
        raise EngineInputError(code, folder=str(folder), reason=reason) from error
