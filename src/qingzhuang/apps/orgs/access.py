"""Who may do what: the one place where access is decided, by permission, role and the unit that a thing belongs to.

An app asks `account.has_perm("audit_trail.read")`, or of one thing `has_perm("demands.decide", demand)`; a thing says whose
it is by its `access_unit`. docs/reference/access.md shows what comes of it, address by address; a test holds it to this."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum, auto
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from qingzhuang.apps.orgs.enums import Role

if TYPE_CHECKING:
    from qingzhuang.apps.orgs.models import Account, Grant, Unit


class Reach(Enum):
    """Of which things a permission holds, seen from the unit of the role."""

    UNIT = auto()
    """Those of the unit itself."""
    SUBTREE = auto()
    """Those of the unit and of all below it."""
    EVERYTHING = auto()
    """Those of all units."""


_ALL_ROLES = dict.fromkeys(Role, Reach.EVERYTHING)

PERMISSIONS: Mapping[str, Mapping[Role, Reach]] = {
    "orgs.see_units": _ALL_ROLES,
    "orgs.change_units": {Role.ADMINISTRATOR: Reach.SUBTREE},
    "orgs.change_people": {Role.ADMINISTRATOR: Reach.SUBTREE},
    "orgs.change_accounts": {Role.ADMINISTRATOR: Reach.SUBTREE},
    "audit_trail.read": {Role.AUDITOR: Reach.EVERYTHING},
    "demands.see_burden": {
        Role.CADRE: Reach.UNIT,
        Role.BURDEN_OFFICE: Reach.SUBTREE,
        Role.COMMITTEE: Reach.SUBTREE,
        Role.AUDITOR: Reach.EVERYTHING,
    },
    "demands.draft": {Role.ISSUER: Reach.UNIT},
    "demands.see_demand": {
        Role.ISSUER: Reach.UNIT,
        Role.BURDEN_OFFICE: Reach.SUBTREE,
        Role.COMMITTEE: Reach.SUBTREE,
        Role.AUDITOR: Reach.EVERYTHING,
    },
    "demands.review": {Role.BURDEN_OFFICE: Reach.SUBTREE},
    "demands.decide": {Role.COMMITTEE: Reach.SUBTREE},
}
"""What each role may do, and how far."""


@runtime_checkable
class Belonging(Protocol):
    """Something that belongs to a unit."""

    @property
    def access_unit(self) -> Unit:
        """The unit whose roles decide."""


def may(account: Account, permission: str, thing: object = None, *, on: date) -> bool:
    """Tell whether `account` may do `permission` on `on`: to `thing`, or, without one, to anything at all.

    Raises KeyError for a permission that nobody has, and TypeError for a thing that does not say whose it is: both are faults
    of the program, and must not look like a no."""
    roles = PERMISSIONS[permission]
    if thing is not None and not isinstance(thing, Belonging):
        raise TypeError(f"{type(thing).__name__} does not say which unit it belongs to")
    if not account.is_active:
        return False
    held = account.grants.on(on).filter(role__in=roles).select_related("unit")
    return any(thing is None or _reaches(grant, roles[Role(grant.role)], thing.access_unit) for grant in held)


def _reaches(grant: Grant, reach: Reach, unit: Unit) -> bool:
    if reach is Reach.EVERYTHING:
        return True
    if reach is Reach.UNIT:
        return bool(unit.pk == grant.unit_id)
    return bool(unit.path.startswith(grant.unit.path))
