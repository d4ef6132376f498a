"""The invented partners and their staff. Every name says Example: none of them exists."""

from __future__ import annotations

import datetime as dt

from people.models import Membership, Organisation, OrganisationName, Role, Team, User

BEGAN = dt.date(2020, 4, 1)
ORGANISATIONS = [
    # slug, name, letters, kind
    ("example-council", "Example Council", "EC", "council"),
    ("example-hospital-trust", "Example Hospital Trust", "EHT", "nhs"),
    ("example-carers-centre", "Example Carers Centre", "ECC", "voluntary"),
    ("example-user-led-charity", "Example User-led Charity", "EUC", "user_led"),
    ("example-parent-carer-forum", "Example Parent Carer Forum", "EPF", "user_led"),
    ("example-voluntary-council", "Example Voluntary Council", "EVC", "voluntary"),
    ("example-teaching-partnership", "Example Teaching Partnership", "ETP", "other"),
    ("example-community-forum", "Example Community Forum", "ECF", "voluntary"),
]
TEAMS = {
    "example-council": [
        "Adult social care commissioning",
        "Customer services",
        "Engagement team",
        "Housing",
        "Learning disability partnership board",
        "People and skills",
        "Quality team",
        "Transport and streets",
    ],
    "example-hospital-trust": ["Community services", "Emergency department", "Outpatients"],
}
ASC = "Adult social care commissioning"
# persona, name, organisation, team, role
STAFF = [
    ("officer", "Sam Lowe", "example-council", ASC, Role.OFFICER),
    ("coordinator", "Priya Dhanda", "example-council", "Engagement team", Role.COORDINATOR),
    ("commissioner", "Helen Brook", "example-council", "", Role.COMMISSIONER),
    ("administrator", "Ade Coker", "example-council", "", Role.ADMINISTRATOR),
    ("other-officer", "Nia Bevan", "example-hospital-trust", "Outpatients", Role.OFFICER),
    (
        "other-coordinator",
        "Tomasz Wrona",
        "example-hospital-trust",
        "Community services",
        Role.COORDINATOR,
    ),
    ("carers-coordinator", "Joy Appiah", "example-carers-centre", "", Role.COORDINATOR),
    ("second-coordinator", "Rob Sankey", "example-council", "Quality team", Role.COORDINATOR),
]
FORMER_NAMES = [
    ("example-hospital-trust", "Example Infirmary Trust", dt.date(2011, 4, 1), dt.date(2020, 3, 31))
]


def load() -> dict[str, Organisation]:
    """Store organisations, teams, staff and name history; return the organisations by slug."""
    found = {
        slug: Organisation.objects.create(
            slug=slug,
            name=name,
            letters=letters,
            kind=kind,
            is_host=slug == "example-council",
            phone="0121 496 0123",
            email=f"{slug}@example.org",
            valid_from=BEGAN,
        )
        for slug, name, letters, kind in ORGANISATIONS
    }
    for slug, names in TEAMS.items():
        Team.objects.bulk_create(Team(organisation=found[slug], name=name) for name in names)
    for slug, name, first, last in FORMER_NAMES:
        OrganisationName.objects.create(
            organisation=found[slug], name=name, valid_from=first, valid_to=last
        )
    for persona, name, slug, team, role in STAFF:
        _employ(persona, name, found[slug], team, role)
    return found


def _employ(persona: str, name: str, organisation: Organisation, team: str, role: str) -> None:
    user = User.objects.create_user(email=persona_email(persona), name=name)
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    Membership.objects.create(
        user=user,
        organisation=organisation,
        team=organisation.teams.filter(name=team).first(),
        role=role,
        valid_from=BEGAN,
    )


def persona_email(persona: str) -> str:
    """Return the address that a persona signs in with."""
    return f"{persona}@example.org"
