"""The places and partners of every test: two organisations, six towns."""

from __future__ import annotations

from people.models import Organisation, OrganisationKind, Town
from tests import factories


def make_towns() -> list[Town]:
    """Return the six towns, in the order of the alphabet."""
    return [factories.make_town(name) for name in factories.TOWNS]


def make_host() -> Organisation:
    """Return the council that runs the portal: its commissioners see all figures."""
    return factories.make_organisation(
        name="Example Council",
        slug="example-council",
        letters="EC",
        kind=OrganisationKind.COUNCIL,
        is_host=True,
    )


def make_trust() -> Organisation:
    """Return a partner: what the host has, its staff should not see, and the other way round."""
    return factories.make_organisation(
        name="Example Hospital Trust",
        slug="example-hospital-trust",
        letters="EH",
        kind=OrganisationKind.NHS,
    )
