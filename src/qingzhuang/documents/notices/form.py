"""What form a file has: its first bytes decide; its name only where text could be one or another."""

from __future__ import annotations

import re

from qingzhuang.documents.notices.errors import UnreadableNotice

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"

PICTURES = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"), (b"II*\0", "tif"), (b"MM\0*", "tif"))
_TEXTS = {
    "": "txt", ".txt": "txt", ".text": "txt", ".md": "md", ".markdown": "md",
    ".html": "html", ".htm": "html", ".xhtml": "html",
}  # fmt: skip
_PACKED = {".docx", ".docm", ".dotx", ".dotm", ".wps", ".doc", ".ofd", ".odt"}
_PROMISING = _PACKED | {".pdf", ".rtf", ".png", ".jpg", ".jpeg", ".tif", ".tiff"}
_PAGE = re.compile(rb"(?i)\s*(?:<\?xml[^>]{0,200}\?>\s*)?<(?:!doctype\s+html|html[\s>])")


def form_of(head: bytes, suffix: str, file: str) -> str:
    """Return the form of a file that begins with `head` and whose name ends in `suffix`; raises `UnreadableNotice`.

    One of docx (any packed form), doc (any OLE file), rtf, pdf, png, jpg, tif, html, md, txt."""
    suffix = suffix.lower()
    if head.startswith(ZIP):
        return "docx"
    if head.startswith(OLE):
        return "doc"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    for signature, form in PICTURES:
        if head.startswith(signature):
            return form
    if _PAGE.match(head.removeprefix(b"\xef\xbb\xbf")):
        return "html"
    if suffix in _PROMISING:
        raise UnreadableNotice("other-inside" if head.strip() else "empty", file, suffix=suffix)
    if suffix not in _TEXTS:
        raise UnreadableNotice("unknown-form", file, suffix=suffix)
    return _TEXTS[suffix]
