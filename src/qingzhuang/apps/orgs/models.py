"""Units as a tree, people, the posts they hold, and the accounts they sign in with.

What was is kept: a unit that is renamed, moved, merged or closed, and a post that changes hands, keep their dated records."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate
from treebeard.mp_tree import MP_Node

from qingzhuang.apps.orgs.enums import Level, Role, Secondment
from qingzhuang.common.fields import EncryptedTextField


def _in_order(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("since")), name=name)


class Dated(models.QuerySet[Any]):
    """Rows that hold from a day (`since`) until the day before another (`until`; none: for good)."""

    def on(self, day: date) -> Dated:
        """Return those that hold on `day`."""
        return self.filter(Q(until=None) | Q(until__gt=day), since__lte=day)


class Unit(MP_Node):  # type: ignore[misc]  # treebeard has no types
    """A unit 单位 as it is now; UnitRecord says what it was called and where it stood before."""

    code = models.CharField(max_length=32, unique=True)
    """What the unit is called in files: an administrative division code, or the county's own."""
    name = models.CharField(max_length=120)
    level = models.CharField(max_length=10, choices=Level.choices)
    urban = models.BooleanField(default=False)
    """A district, subdistrict or community, and not a county, town or village."""
    since = models.DateField()
    until = models.DateField(null=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged_from")

    node_order_by: ClassVar[list[str]] = []

    class Meta:
        constraints: ClassVar = [
            _in_order("unit_in_order"),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="unit_level"),
            models.CheckConstraint(condition=Q(merged_into=None) | ~Q(until=None), name="unit_merged_has_ended"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def access_unit(self) -> Unit:
        """The unit itself."""
        return self


class UnitRecord(models.Model):
    """What a unit was called, and under which it stood, from when until when."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="records")
    name = models.CharField(max_length=120)
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)

    objects = Dated.as_manager()

    class Meta:
        ordering: ClassVar = ["since"]
        constraints: ClassVar = [
            _in_order("unit_record_in_order"),
            models.UniqueConstraint(fields=["unit"], condition=Q(until=None), name="unit_record_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.since}–)"


class Person(models.Model):
    """Someone who works in units; phone and ID numbers are encrypted, and found by a digest alone."""

    name = models.CharField(max_length=60)
    code = models.CharField(max_length=32, unique=True)
    """The number that files know the person by."""
    phone = EncryptedTextField(blank=True, default="")
    phone_digest = models.CharField(max_length=64, blank=True, default="", db_index=True)
    id_number = EncryptedTextField(blank=True, default="")
    erased_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A post 岗位 of a unit, filled or vacant; hours are counted by post, never by person."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(max_length=80)
    front_line = models.BooleanField(default=False)
    since = models.DateField()
    until = models.DateField(null=True)

    objects = Dated.as_manager()

    class Meta:
        constraints: ClassVar = [_in_order("post_in_order")]

    def __str__(self) -> str:
        return self.title


class Holding(models.Model):
    """A person holds a post, from when until when."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holdings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holdings")
    since = models.DateField()
    until = models.DateField(null=True)

    objects = Dated.as_manager()

    class Meta:
        constraints: ClassVar = [
            _in_order("holding_in_order"),
            models.UniqueConstraint(fields=["post"], condition=Q(until=None), name="holding_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.post} {self.person}"


class Loan(models.Model):
    """Whoever holds a post works elsewhere: lent up 借调, or sent down 下派, from when until when."""

    holding = models.ForeignKey(Holding, on_delete=models.PROTECT, related_name="loans")
    to = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Secondment.choices)
    since = models.DateField()
    until = models.DateField(null=True)

    objects = Dated.as_manager()

    class Meta:
        constraints: ClassVar = [
            _in_order("loan_in_order"),
            models.CheckConstraint(condition=Q(kind__in=Secondment.values), name="loan_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.holding} → {self.to}"


class Delegation(models.Model):
    """A deputy acts for a post while its holder is away."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="delegations")
    deputy = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="delegations")
    since = models.DateField()
    until = models.DateField()

    objects = Dated.as_manager()

    class Meta:
        constraints: ClassVar = [_in_order("delegation_in_order")]

    def __str__(self) -> str:
        return f"{self.post} ← {self.deputy}"


class Accounts(BaseUserManager["Account"]):
    """Makes accounts."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> Account:
        """Make an account; without a password nobody can sign in with one."""
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """What someone signs in with; what it may do, its grants say."""

    username = models.CharField(max_length=60, unique=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, null=True, related_name="account")
    is_active = models.BooleanField(default=True)
    demo = models.BooleanField(default=False)
    """Made for the demo county, with a password that everybody knows."""

    USERNAME_FIELD = "username"

    objects = Accounts()

    def __str__(self) -> str:
        return self.username

    def has_perm(self, permission: str, obj: object = None) -> bool:
        """Tell whether a role of the account allows `permission` today; on `obj`, where one is given."""
        from qingzhuang.apps.orgs.access import may

        return may(self, permission, obj, on=localdate())


class Grant(models.Model):
    """An account is something for a unit and what stands below it, from when until when."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="grants")
    since = models.DateField()
    until = models.DateField(null=True)

    objects = Dated.as_manager()

    class Meta:
        constraints: ClassVar = [
            _in_order("grant_in_order"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="grant_role"),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.role} {self.unit}"
