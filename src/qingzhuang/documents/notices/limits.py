"""How much is read: a notice that a person can read is far below each of these, and what is above would cost too much.

Together they keep reading below 10 seconds and 1 GiB, whatever is handed in."""

from __future__ import annotations

import os
from typing import Final

FILE_BYTES: Final = 100 << 20
"""A file of any form; scans are the largest."""

TEXT_BYTES: Final = 20 << 20
"""A file that is text as it stands (.txt)."""

MARKUP_BYTES: Final = 5 << 20
"""A page or Markdown: each of its letters passes through Python."""

SIGNS: Final = 250_000
"""Signs of markup in such a file: each becomes several objects."""

OFFICE_BYTES: Final = 20 << 20
"""A file that goes through LibreOffice, which takes a hundred times as much memory."""

PARAGRAPH: Final = 1_000_000
"""Characters in one line, paragraph or cell."""

LINES: Final = 100_000
"""Lines, paragraphs or cells of one file."""

ZIP_ENTRIES: Final = 5_000
UNZIPPED_BYTES: Final = 100 << 20
"""All that a packed form (.docx, .ofd) holds, as declared and as found."""

XML_BYTES: Final = 24 << 20
XML_NODES: Final = 1_500_000
"""Of a packed form, what becomes a tree in memory: a tag or an attribute takes hundreds of bytes, however few in the file."""

PDF_PAGES: Final = 500
SCANNED_PAGES: Final = 50
PIXELS: Final = 50_000_000
"""Of one picture: a page of A3 at 400 dots an inch has 31 million."""

SECONDS: Final = float(os.environ.get("QINGZHUANG_SECONDS", "7"))
"""What another program may take over a file: the reader of PDF, LibreOffice. A slow machine may be given more."""

PROGRAM_BYTES: Final = 768 << 20
"""Memory of such a program."""
