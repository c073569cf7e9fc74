"""Words of the organisation that the database holds."""

from __future__ import annotations

from django.db import models


class Level(models.TextChoices):
    """Where in the tree a unit stands, from the highest down."""

    NATION = "nation"
    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    DEPARTMENT = "department"
    TOWN = "town"
    VILLAGE = "village"


BELOW = {
    None: {Level.NATION, Level.PROVINCE, Level.PREFECTURE, Level.COUNTY},
    Level.NATION: {Level.PROVINCE, Level.DEPARTMENT},
    Level.PROVINCE: {Level.PREFECTURE, Level.COUNTY, Level.DEPARTMENT},
    Level.PREFECTURE: {Level.COUNTY, Level.DEPARTMENT},
    Level.COUNTY: {Level.DEPARTMENT, Level.TOWN},
    Level.DEPARTMENT: {Level.DEPARTMENT},
    Level.TOWN: {Level.DEPARTMENT, Level.VILLAGE},
    Level.VILLAGE: set[Level](),
}
"""Which levels may stand directly below which; None: at the top of an installation."""


class Role(models.TextChoices):
    """What an account may be for a unit."""

    CADRE = "cadre"
    ISSUER = "issuer"
    BURDEN_OFFICE = "burden_office"
    ASSESSMENT_OFFICE = "assessment_office"
    COMMITTEE = "committee"
    DISCIPLINE = "discipline"
    ASSESSMENT_TEAM = "assessment_team"
    INSPECTOR = "inspector"
    ASSESSOR = "assessor"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Secondment(models.TextChoices):
    """How a person works away from their post's unit."""

    LENT_UP = "lent_up"
    SENT_DOWN = "sent_down"
