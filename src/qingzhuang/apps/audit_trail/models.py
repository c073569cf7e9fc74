"""The log: a row for every change and every sensitive reading, without foreign keys, so that it outlives what it speaks of.

A row holds ids, field names and a salted digest, never a value of a person. The salt stands apart and is erased with the
person: what is left of the row says that something was changed, and no longer what."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Entry(models.Model):
    """Something was done."""

    at = models.DateTimeField()
    action = models.CharField(max_length=60)
    """`app.verb_noun`, as the action is called in the code."""
    by = models.BigIntegerField(null=True)
    """The account; none where the platform itself acted."""
    on_kind = models.CharField(max_length=60)
    on_id = models.CharField(max_length=64)
    fields = models.JSONField(default=list)
    """The names of the fields that were changed, in order."""
    digest = models.CharField(max_length=64)
    """HMAC-SHA256 of the new values under the salt of the thing."""

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["on_kind", "on_id"], name="entry_on"),
            models.Index(fields=["at"], name="entry_at"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.action} {self.on_kind} {self.on_id}"


class Salt(models.Model):
    """The salt under which the values of one thing are digested; without it no digest can be guessed at."""

    on_kind = models.CharField(max_length=60)
    on_id = models.CharField(max_length=64)
    salt = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["on_kind", "on_id"], name="salt_one")]

    def __str__(self) -> str:
        return f"{self.on_kind} {self.on_id}"


class Link(models.Model):
    """An entry's place in the chain: its hash covers the entry and the hash before it."""

    position = models.BigIntegerField(primary_key=True)
    entry = models.BigIntegerField(unique=True)
    """The entry's id; no foreign key, since the chain must be able to say that an entry is gone."""
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.position}: {self.hash[:12]}"
