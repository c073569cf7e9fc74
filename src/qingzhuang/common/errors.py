"""The bases of what goes wrong in the platform: the rules say no, or the outside failed.

(The third, nonsense handed to an engine, is `engines.errors.EngineInputError`.) Each carries a stable `code` and its data;
the words are the catalogue's `errors.<code>`, and the HTTP status is made at the edge."""

from __future__ import annotations


class PlatformError(Exception):
    """Something that a user is told about."""

    def __init__(self, code: str, **data: object) -> None:
        """Keep `code` and `data`; the text is for developers."""
        self.code, self.data = code, data
        super().__init__(f"{code}: {', '.join(f'{k}={v!r}' for k, v in data.items())}")


class Refused(PlatformError):
    """The rules say no."""


class OutsideFailed(PlatformError):
    """Something outside did not work; `permanent` where trying again will not help."""

    def __init__(self, code: str, *, permanent: bool, **data: object) -> None:
        """Keep also whether it is worth trying again."""
        super().__init__(code, **data)
        self.permanent = permanent
