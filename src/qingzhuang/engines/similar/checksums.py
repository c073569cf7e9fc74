"""Whether the files of an index folder are as they were written: what Tantivy notes at the end of each, read again.

A file ends in a line of JSON that holds the CRC-32 of all before it, the length of that line and the number 1337, four bytes
each. Tantivy reads the line but adds nothing up, and what was damaged comes to light in some later search, or never.
"""

from __future__ import annotations

import json
import zlib
from pathlib import Path

MAGIC = 1337
_CHUNK = 1 << 20


def broken_file(folder: Path) -> str | None:
    """Return the name of a file of `folder` that differs from what was written; one without such an end is left to Tantivy."""
    for path in sorted(folder.iterdir()):
        if path.is_file() and not path.name.startswith(".") and path.suffix != ".json" and not _sound(path):
            return path.name
    return None


def _sound(path: Path) -> bool:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            file.seek(max(0, size - 8))
            ending = file.read(8)
            length = int.from_bytes(ending[:4], "little")
            if len(ending) < 8 or int.from_bytes(ending[4:], "little") != MAGIC or length + 8 > size:
                return True
            file.seek(size - 8 - length)
            noted = json.loads(file.read(length)).get("crc")
            if not isinstance(noted, int):
                return True
            file.seek(0)
            found, left = 0, size - 8 - length
            while left:
                chunk = file.read(min(_CHUNK, left))
                found, left = zlib.crc32(chunk, found), left - len(chunk)
    except FileNotFoundError:  # merged away meanwhile by whoever writes
        return True
    except ValueError:
        return False
    return found == noted
