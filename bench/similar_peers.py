"""The same search by other packages, over the same texts as they are written: bigrams by BM25 and by TF-IDF.

Each peer is a function of texts to a function of (text, five) to their places in the list.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

Search: TypeAlias = Callable[[str], list[int]]
FIVE = 5


def bigrams(text: str) -> list[str]:
    """Return each two neighbouring characters, once."""
    return list(dict.fromkeys(text[place : place + 2] for place in range(len(text) - 1)))


def by_tantivy(texts: Sequence[str], folder: Path) -> Search:
    """Tantivy alone: BM25 over bigrams, all of them sought."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("place", stored=True)
    builder.add_text_field("text", tokenizer_name="bigrams", index_option="freq")
    schema = builder.build()
    index = tantivy.Index(schema, str(folder))
    index.register_tokenizer("bigrams", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.ngram(2, 2)).build())
    writer = index.writer(128 << 20, 1)
    for place, text in enumerate(texts):
        writer.add_document(tantivy.Document(place=place, text=text))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(text: str) -> list[int]:
        terms = [tantivy.Query.term_query(schema, "text", gram, "freq") for gram in bigrams(text)]
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])
        return [searcher.doc(address)["place"][0] for _, address in searcher.search(query, FIVE, count=False).hits]

    return search


def by_fts5(texts: Sequence[str], folder: Path) -> Search:
    """SQLite's FTS5: BM25 over bigrams, which are written as words since its own trigrams miss words of two characters."""
    connection = sqlite3.connect(folder / "fts5.db")
    connection.execute("create virtual table entry using fts5(grams, content='', tokenize='unicode61')")
    written = ((place, " ".join(map(_as_word, bigrams(text)))) for place, text in enumerate(texts))
    connection.executemany("insert into entry(rowid, grams) values (?, ?)", written)
    connection.commit()

    def search(text: str) -> list[int]:
        words = " OR ".join(map(_as_word, bigrams(text)))
        found = connection.execute("select rowid from entry where entry match ? order by rank limit 5", [words])
        return [place for (place,) in found]

    return search


def by_tfidf(texts: Sequence[str]) -> Search:
    """scikit-learn's TF-IDF of bigrams, and the exact greatest cosines by sparse_dot_topn."""
    from sparse_dot_topn import sp_matmul_topn

    vectors, matrix = tfidf(texts, (2, 2))
    columns = matrix.T.tocsr()

    def search(text: str) -> list[int]:
        best = sp_matmul_topn(vectors.transform([text]), columns, top_n=FIVE, sort=True, n_threads=1)
        return [int(place) for place in best.indices]

    return search


def tfidf(texts: Sequence[str], sizes: tuple[int, int]) -> tuple[Any, Any]:
    """Return scikit-learn's vectoriser of n-grams of characters, and the texts' vectors."""
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectors = TfidfVectorizer(analyzer="char", ngram_range=sizes, dtype=np.float32)
    return vectors, vectors.fit_transform(texts)


def _as_word(gram: str) -> str:
    """Return a word of letters and digits alone, which no tokenizer takes apart."""
    return "x" + gram.encode().hex()
