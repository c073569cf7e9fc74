"""Control numbers 审核登记号: the issuer's code, the year, a number counted without a gap, and a check character.

The check character is ISO 7064's MOD 37,36 over letters and digits: it finds every single mistyped character and every two
that changed places.

>>> number = ControlNumber("D16", 2026, 7)
>>> str(number), ControlNumber.read(" d16－2026－0007－" + str(number)[-1].lower()) == number
('D16-2026-0007-W', True)
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from stdnum.iso7064 import mod_37_36

_WRITTEN = re.compile(r"([A-Z0-9]+)-(\d{4})-(\d{4,})-([A-Z0-9])")
_DASHES = re.compile(r"[\u2010-\u2015\u2212\uff0d_\s]+")


class BadNumber(ValueError):
    """A text that is no control number: not of its form, or its check character does not fit."""


@dataclass(frozen=True)
class ControlNumber:
    """The `serial`-th demand of an issuer, named by its `code` (letters and digits), that was approved in `year`."""

    code: str
    year: int
    serial: int

    def __str__(self) -> str:
        body = f"{self.code}-{self.year:04d}-{self.serial:04d}"
        return f"{body}-{mod_37_36.calc_check_digit(body.replace('-', ''))}"

    @classmethod
    def read(cls, text: str) -> ControlNumber:
        """Return the number in `text`, as somebody typed it; raises BadNumber."""
        plain = _DASHES.sub("-", unicodedata.normalize("NFKC", text).upper().strip())
        found = _WRITTEN.fullmatch(plain)
        if not found:
            raise BadNumber(text)
        number = cls(found[1], int(found[2]), int(found[3]))
        if str(number) != plain:
            raise BadNumber(text)
        return number
