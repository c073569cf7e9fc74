"""Why a notice was not read: a stable code and its values, never any of its text; words are made by `describe`."""

from __future__ import annotations

from typing import Self


class UnreadableNotice(Exception):  # it names what was handed in
    """A file that gives no notice: `code` says why, `file` is its name as the user knows it, `values` fill the words.

    Where a place in the file is at fault, `values` hold `line` and `column`, both from 1."""

    def __init__(self, code: str, file: str, **values: object) -> None:
        """Keep `code`, `file` and `values`."""
        self.code = code
        self.file = file
        self.values = values
        super().__init__(code, file)

    def bare(self) -> Self:
        """Return this error without the frames and errors behind it: they hold the text, and error reports show them."""
        self.__cause__ = self.__context__ = None
        return self.with_traceback(None)


def too_big(size: int, most: int, file: str) -> UnreadableNotice:
    """Return the error of a file of `size` bytes where `most` are read; both are said in whole megabytes."""
    return UnreadableNotice("too-big", file, size=-(-size >> 20), most=most >> 20)


class SecretMark(UnreadableNotice):
    """A text that carries the classification mark `mark`; nothing of the text is kept, here neither."""

    def __init__(self, mark: str, file: str) -> None:
        """Keep `mark` and `file`."""
        self.mark = mark
        super().__init__("secret-mark", file, mark=mark)
