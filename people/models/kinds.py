"""Who somebody is in the pool, and where they heard of us."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
