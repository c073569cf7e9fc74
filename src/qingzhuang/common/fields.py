"""Fields whose values are encrypted in the database (Fernet: AES-128-CBC with HMAC-SHA256), for phone and ID numbers.

The keys come from the settings: the first encrypts, all decrypt. What is encrypted cannot be searched; who needs to find
a person by a number keeps a digest of it beside (`digest_of`)."""

from __future__ import annotations

import base64
import hashlib
import hmac
from functools import cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models


class EncryptedTextField(models.TextField[Any, Any]):
    """A text that the database holds encrypted; empty stays empty."""

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt what goes to the database."""
        plain = super().get_prep_value(value)
        return _fernet(tuple(settings.FIELD_KEYS)).encrypt(plain.encode()).decode() if plain else plain

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        """Decrypt what comes from it."""
        return _fernet(tuple(settings.FIELD_KEYS)).decrypt(value.encode()).decode() if value else value


def digest_of(value: str) -> str:
    """Return a keyed digest of `value`, by which its row can be found without decrypting any."""
    key = _derived(settings.FIELD_KEYS[0], b"digest")
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()


def masked(value: str, *, shown: int = 4) -> str:
    """Return `value` with all but its last characters hidden, as pages show it.

    >>> masked("13912345678")
    '*******5678'
    """
    return "*" * max(len(value) - shown, 0) + value[-shown:] if len(value) > shown else "*" * len(value)


@cache
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(key, b"fernet"))) for key in keys])


@cache
def _derived(key: str, purpose: bytes) -> bytes:
    return hashlib.scrypt(key.encode(), salt=b"qingzhuang " + purpose, n=2**14, r=8, p=1, dklen=32)
