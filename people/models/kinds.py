"""Who somebody is in the pool, where they heard of us, and who may know what."""

from django.db import models
from django.utils.translation import gettext_lazy as _

GROWN_UP = 18  # years; below, nobody is found, and others decide along


class PersonKind(models.TextChoices):
    """Who somebody is in the pool."""

    RESIDENT = "resident", _("A resident, for myself")
    REPRESENTATIVE = "representative", _("For an experience-led organisation")


class HeardFrom(models.TextChoices):
    """Where somebody heard of us."""

    FRIEND = "friend", _("From a friend or my family")
    GROUP = "group", _("From a group or club")
    STAFF = "staff", _("From somebody at the council, the NHS or a charity")
    EVENT = "event", _("At an event")
    POSTER = "poster", _("From a poster or leaflet")
    LETTER = "letter", _("From a letter")
    SOCIAL = "social", _("On social media")
    WEBSITE = "website", _("On a website")
    OTHER = "other", _("Somewhere else")


class Audience(models.TextChoices):
    """Who may know one part of a profile, or one need.

    ``COORDINATORS`` are the officers and coordinators of the organisations that the person came
    forward to. ``PROJECT``: those who arrange or hold a place in a project for which the person
    ticked it, and nobody else.
    """

    ONLY_ME = "only_me", _("Only me")
    COORDINATORS = "coordinators", _("Coordinators")
    PROJECT = "project", _("People of a project I joined")
