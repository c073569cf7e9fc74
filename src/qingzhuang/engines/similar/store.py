"""The index folder: made whole or not at all, written by one at a time, all of a commit or nothing of it.

A folder is made beside its place and then moved there, so it is never half an index. Its first document says how the others
were made. It is written with them, so it is always true.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import tantivy

from qingzhuang.engines.errors import EngineInputError
from qingzhuang.engines.similar.checksums import broken_file
from qingzhuang.engines.similar.view import FIRST, Entry, View, told

WRITER_BYTES = 96 << 20  # what a writer holds before it writes a part of the index


class Store:
    """An open index folder: its view is what was last committed by anyone; it writes from a first change to `commit`."""

    def __init__(self, folder: Path, about: str) -> None:
        """Open `folder`, or make it as `about` says where there is none or an empty one."""
        self._folder, self._meta = folder, folder / "meta.json"
        if not self._meta.exists():
            _create(folder, about)
        elif (name := broken_file(folder)) is not None:
            raise EngineInputError("index-broken", folder=str(folder), reason=f"{name} is damaged")
        with told(folder, "index-broken"):
            self._index = tantivy.Index(_schema(), str(folder))
            self._index.config_reader("manual")
        self._writer: tantivy.IndexWriter | None = None
        self._seen = self._stamp()
        self._view = View(folder, self._index)

    def view(self) -> View:
        """Return what the folder holds now: the same view until somebody commits."""
        with told(self._folder, "index-broken"):
            stamp = self._stamp()
            if stamp != self._seen:
                self._index.reload()
                self._seen, self._view = stamp, View(self._folder, self._index)
            return self._view

    def begin(self) -> View:
        """Keep others from writing until `commit` or `rollback`; return what the folder holds until then."""
        with self._writing():
            return self.view()

    def put(self, entry: Entry, grams: Iterable[str], *, new: bool) -> None:
        """Write an entry, in the place of the one of its key unless it is known to be `new`."""
        text, form = entry.text.encode(), entry.form.encode()
        with self._writing() as writer:
            if not new:
                writer.delete_documents_by_term("key", entry.key)
            writer.add_document(tantivy.Document(key=entry.key, text=text, form=form, grams=" ".join(grams)))

    def remove(self, key: str) -> None:
        """Delete the entry of `key`, if there is one."""
        with self._writing() as writer:
            writer.delete_documents_by_term("key", key)

    def clear(self, about: str) -> None:
        """Delete everything, and begin again as `about` says."""
        with self._writing() as writer:
            writer.delete_all_documents()
            writer.add_document(_first(about))

    def commit(self) -> None:
        """Write what changed since the last time, all of it or nothing, and let others write."""
        if self._writer is None:
            return
        try:
            with self._writing() as writer:
                writer.commit()
                writer.wait_merging_threads()
        finally:
            self._writer = None  # where it failed, its changes are gone with it
        self._seen = ()

    def rollback(self) -> None:
        """Forget what changed since the last commit, and let others write."""
        writer, self._writer = self._writer, None
        if writer is not None:
            with told(self._folder, "index-not-written"):
                writer.rollback()

    def _stamp(self) -> tuple[int, ...]:
        """Return what changes with each commit, which puts another file in the place of this one."""
        meta = self._meta.stat()
        return meta.st_ino, meta.st_mtime_ns, meta.st_size

    @contextmanager
    def _writing(self) -> Iterator[tantivy.IndexWriter]:
        with told(self._folder, "index-not-written"):
            if self._writer is None:
                self._writer = self._index.writer(WRITER_BYTES, 1)
            yield self._writer


def _schema() -> tantivy.Schema:
    fields = tantivy.SchemaBuilder()
    fields.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    fields.add_text_field("first", tokenizer_name="raw", index_option="basic")
    fields.add_bytes_field("text", stored=True)
    fields.add_bytes_field("form", stored=True)
    fields.add_text_field("grams", tokenizer_name="whitespace", index_option="freq")
    return fields.build()


def _first(about: str) -> tantivy.Document:
    return tantivy.Document(first=FIRST, text=about.encode())


def _create(folder: Path, about: str) -> None:
    """Make an empty index in the place of `folder`, which is not there or empty; another process may do the same."""
    fresh = folder.with_name(f".{folder.name}.{uuid4().hex}")
    with told(folder, "index-not-written"):
        if (folder / ".managed.json").exists():
            raise EngineInputError("index-broken", folder=str(folder), reason="meta.json is not there")
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise EngineInputError("index-folder-taken", folder=str(folder))
        fresh.mkdir(parents=True)
        try:
            writer = tantivy.Index(_schema(), str(fresh)).writer(WRITER_BYTES, 1)
            writer.add_document(_first(about))
            writer.commit()
            writer.wait_merging_threads()
            with suppress(OSError):  # not there, or another process was quicker
                folder.rmdir()
            with suppress(OSError):
                fresh.rename(folder)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
