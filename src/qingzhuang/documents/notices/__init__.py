"""Official notices in: Word, PDF, OFD, web pages, Markdown, plain text and, with the extra `ocr`, scans.

`read_notice` is the door. Each form's reader, and the library behind it, is imported when a file of that form comes."""

from qingzhuang.documents.notices.describe import describe
from qingzhuang.documents.notices.errors import SecretMark, UnreadableNotice
from qingzhuang.documents.notices.read import read_notice, read_notice_bytes

__all__ = ["SecretMark", "UnreadableNotice", "describe", "read_notice", "read_notice_bytes"]
