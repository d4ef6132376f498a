"""Towns, which stay, and wards, which are redrawn."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .organisations import InForceQuerySet, dates_in_order


class Town(models.Model):
    """The stable unit of place: one of the six towns."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    slug = models.SlugField(_("web name"), max_length=60, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Ward(models.Model):
    """An electoral ward, with its code of the Office for National Statistics and its dates."""

    code = models.CharField(_("code"), max_length=9, unique=True)
    name = models.CharField(_("name"), max_length=80)
    town = models.ForeignKey(
        Town, null=True, blank=True, on_delete=models.PROTECT, related_name="wards"
    )
    valid_from = models.DateField(_("first day"))
    valid_to = models.DateField(_("last day"), null=True, blank=True)

    objects = InForceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [dates_in_order("ward_dates_in_order")]

    def __str__(self) -> str:
        return self.name
