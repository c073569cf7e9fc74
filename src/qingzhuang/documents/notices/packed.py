"""Packed forms (.docx, .ofd, .odt): a zip of XML, unpacked in memory and in pieces, with an account of what it comes to.

What the directory of a zip declares may be a lie, and libraries believe it: here each entry is unpacked by small steps
until the account is full, and only what was unpacked so is handed on."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

from qingzhuang.documents.notices import limits
from qingzhuang.documents.notices.errors import UnreadableNotice

_STEP = 1 << 16
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others unpack without a bound


def unpack(data: bytes, file: str) -> dict[str, bytes]:
    """Return the entries of the zip `data` by name; raises `UnreadableNotice` before it has cost too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            entries = [entry for entry in packed.infolist() if not entry.is_dir()]
            declared = sum(entry.file_size for entry in entries)
            if len(entries) > limits.ZIP_ENTRIES or declared > limits.UNZIPPED_BYTES:
                raise _bomb(file)
            if any(entry.flag_bits & _ENCRYPTED for entry in entries):
                raise UnreadableNotice("password", file)
            return _unpacked(packed, entries, file)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        raise UnreadableNotice("damaged", file) from None


def _unpacked(packed: zipfile.ZipFile, entries: list[zipfile.ZipInfo], file: str) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    room = limits.UNZIPPED_BYTES
    for entry in entries:
        if entry.compress_type not in _METHODS:
            raise UnreadableNotice("damaged", file)
        parts = []
        with packed.open(entry) as stream:
            while part := stream.read(_STEP):
                room -= len(part)
                if room < 0:
                    raise _bomb(file)
                parts.append(part)
        found[entry.filename] = b"".join(parts)
    check_xml(found, file)
    return found


def check_xml(entries: Mapping[str, bytes], file: str) -> None:
    """Raise `UnreadableNotice` where the XML of `entries` declares entities or would become too large a tree."""
    size = nodes = 0
    for name, xml in entries.items():
        if not name.lower().endswith((".xml", ".rels")):
            continue
        size += len(xml)
        nodes += xml.count(b"<") + xml.count(b"=")
        if (
            b"\0" in xml[:8] or b"<!DOCTYPE" in xml or b"<!ENTITY" in xml
        ):  # no such form has any; UTF-16 would hide them
            raise UnreadableNotice("unsafe-xml", file)
    if size > limits.XML_BYTES or nodes > limits.XML_NODES:
        raise _bomb(file)


def repack(entries: Mapping[str, bytes]) -> io.BytesIO:
    """Return `entries` as a zip that a library may open: nothing in it is packed, so nothing unfolds."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as packed:
        for name, content in entries.items():
            packed.writestr(zipfile.ZipInfo(name), content)
    stream.seek(0)
    return stream


def parse_xml(xml: bytes) -> Any:
    """Return the root element of `xml`; no entity is resolved, nothing is fetched. Raises `lxml.etree.XMLSyntaxError`."""
    from lxml import etree

    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _bomb(file: str) -> UnreadableNotice:
    return UnreadableNotice("too-much-inside", file, most=limits.UNZIPPED_BYTES >> 20)
