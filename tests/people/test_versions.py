"""The version of what everybody can read."""

from __future__ import annotations

import pytest

from people import versions
from people.models import PublicChange
from tests.factories import make_town


@pytest.mark.django_db
def test_folding_counts_nothing_twice_and_forgets_nothing():
    fewer = versions.FOLD_FROM - 1 - PublicChange.objects.count()
    PublicChange.objects.bulk_create(PublicChange() for _ in range(fewer))
    before = versions.public_version()
    assert versions.fold_versions() == 0
    PublicChange.objects.create()
    assert versions.fold_versions() == versions.FOLD_FROM
    assert PublicChange.objects.count() == 0
    assert versions.public_version() == before + 1
    make_town("Tipton")
    assert versions.public_version() > before + 1
