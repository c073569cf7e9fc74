"""The door: a file in, a notice out, and secrecy judged between the two.

Nothing of a text leaves this module, on paper, in an error or in an error's frames, before it was found unmarked."""

from __future__ import annotations

import stat
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from qingzhuang.documents.notices import limits
from qingzhuang.documents.notices.characters import check_characters
from qingzhuang.documents.notices.content import Content
from qingzhuang.documents.notices.decode import check_length
from qingzhuang.documents.notices.errors import SecretMark, UnreadableNotice, too_big
from qingzhuang.documents.notices.form import form_of
from qingzhuang.domain.notices.notice import Notice
from qingzhuang.domain.notices.secrecy import secret_mark

_SHARED = {"docx": {"wps", "doc", "dotx"}, "doc": {"wps", "dot"}, "jpg": {"jpeg"}, "tif": {"tiff"}}
_MACRO_SUFFIXES = frozenset({".docm", ".dotm"})


def read_notice(path: Path, *, name: str | None = None, marks: Sequence[str] = (), ocr: bool = False) -> Notice:
    """Return the notice at `path`; `name` is what its user calls it, where that is not the path's own name.

    `marks` are the classification marks that the county adds. `ocr` lets pictures be recognised, with the extra `ocr`.
    Raises `SecretMark` for a text that carries a mark, `UnreadableNotice` for whatever else is no notice."""
    return _opened(lambda file: _bytes_of(path, file), name or path.name, path.suffix, marks, ocr)


def read_notice_bytes(data: bytes, *, name: str = "-", marks: Sequence[str] = (), ocr: bool = False) -> Notice:
    """Return the notice that `data` holds, as `read_notice` does; one without a name is plain text or tells its own form."""
    return _opened(lambda file: _checked(data, file), name, "", marks, ocr)


def _opened(load: Callable[[str], bytes], file: str, suffix: str, marks: Sequence[str], ocr: bool) -> Notice:
    outcome = _attempt(load, file, PurePath(file).suffix or suffix, marks, ocr)
    if isinstance(outcome, UnreadableNotice):
        raise outcome.bare()
    return outcome


def _attempt(
    load: Callable[[str], bytes], file: str, suffix: str, marks: Sequence[str], ocr: bool
) -> Notice | UnreadableNotice:
    """Return the notice or the error; an error raised from here would carry the frames that hold the text."""
    try:
        data = load(file)
        form = form_of(data[:1024], suffix, file)
        content = _read(data, form, suffix.lower(), file, marks, ocr)
        if mark := secret_mark([PurePath(file).stem, *content.texts()], marks):
            return SecretMark(mark, file)
        _check(content, file)
        return Notice(file, content.form or _shown_form(form, suffix), tuple(content.paragraphs), content.scanned)
    except UnreadableNotice as error:
        return error


def _read(data: bytes, form: str, suffix: str, file: str, marks: Sequence[str], ocr: bool) -> Content:
    if suffix in _MACRO_SUFFIXES:
        raise UnreadableNotice("macros", file)
    if form == "txt":
        from qingzhuang.documents.notices.plain import read_plain

        return read_plain(data, file)
    if form == "md":
        from qingzhuang.documents.notices.markdown import read_markdown

        return read_markdown(data, file)
    if form == "html":
        from qingzhuang.documents.notices.web import read_web

        return read_web(data, file)
    try:
        return _read_through_library(data, form, file, marks, ocr)
    except UnreadableNotice:
        raise
    except Exception:  # libraries raise all there is over a broken file, and each means only that it is broken
        raise UnreadableNotice("damaged", file) from None


def _read_through_library(data: bytes, form: str, file: str, marks: Sequence[str], ocr: bool) -> Content:
    if form == "docx":
        return _read_packed(data, file, marks)
    if form == "pdf":
        from qingzhuang.documents.notices.pdf import read_pdf

        return read_pdf(data, file, ocr=ocr)
    if form in {"doc", "rtf"}:
        from qingzhuang.documents.notices.office import read_through_office

        return read_through_office(data, form, file, marks)
    from qingzhuang.documents.notices.scan import read_picture

    return read_picture(data, file, ocr=ocr)


def _read_packed(data: bytes, file: str, marks: Sequence[str]) -> Content:
    from qingzhuang.documents.notices.packed import unpack

    entries = unpack(data, file)
    if b"wordprocessingml" in entries.get("[Content_Types].xml", b""):
        from qingzhuang.documents.notices.word import read_entries

        return read_entries(entries, file)
    if any(name.rpartition("/")[2].upper() == "OFD.XML" for name in entries):
        from qingzhuang.documents.notices.ofd import read_ofd

        return read_ofd(entries, file)
    if entries.get("mimetype", b"").strip() == b"application/vnd.oasis.opendocument.text":
        from qingzhuang.documents.notices.office import read_through_office
        from qingzhuang.documents.notices.word import texts_of

        return replace(read_through_office(data, "odt", file, marks, texts_of(entries)), form="odt")
    raise UnreadableNotice("other-inside", file, suffix=PurePath(file).suffix)


def _check(content: Content, file: str) -> None:
    if not content.paragraphs:
        raise UnreadableNotice("empty", file)
    if len(content.paragraphs) > limits.LINES:
        raise UnreadableNotice("too-many-lines", file, most=limits.LINES)
    for paragraph in content.paragraphs:
        check_length(len(paragraph.text), paragraph.origins[0].line, file)
    check_characters(content.paragraphs, file)


def _shown_form(form: str, suffix: str) -> str:
    """Return the form as the user knows it: what the name says where several names share one form."""
    named = suffix.lower().removeprefix(".")
    return named if named in _SHARED.get(form, ()) else form


def _bytes_of(path: Path, file: str) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableNotice("not-a-file", file)
        if status.st_size > limits.FILE_BYTES:
            raise too_big(status.st_size, limits.FILE_BYTES, file)
        with path.open("rb") as stream:
            return _checked(stream.read(limits.FILE_BYTES + 1), file)
    except FileNotFoundError:
        raise UnreadableNotice("not-found", file) from None
    except OSError:
        raise UnreadableNotice("not-readable", file) from None


def _checked(data: bytes, file: str) -> bytes:
    if not data:
        raise UnreadableNotice("empty-file", file)
    if len(data) > limits.FILE_BYTES:
        raise too_big(len(data), limits.FILE_BYTES, file)
    return data
