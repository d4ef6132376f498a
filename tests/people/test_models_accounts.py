"""One e-mail, one account, whatever the letters' case: held by the database itself."""

import pytest
from django.db import IntegrityError, transaction

from people.models import User
from tests import factories


@pytest.mark.django_db
def test_an_email_is_stored_in_small_letters():
    user = User.objects.create_user(email=" Amina@Example.ORG ")
    assert user.email == "amina@example.org"
    assert not user.has_usable_password()
    assert User.objects.get_by_natural_key("AMINA@example.org") == user


@pytest.mark.django_db
def test_the_database_refuses_capital_letters_in_an_email():
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="Amina@example.org")


@pytest.mark.django_db
@pytest.mark.parametrize("email", ["amina@example.org", "AMINA@example.org"])
def test_the_database_refuses_the_same_email_in_any_case(email):
    """Written around the manager, so that nothing but the database can refuse."""
    factories.make_user("Amina", email="amina@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(email=email)])


@pytest.mark.django_db
def test_a_superuser_may_open_the_administration():
    user = User.objects.create_superuser("root@example.org", "a long password")
    assert (user.is_staff, user.is_superuser, user.check_password("a long password")) == (
        True,
        True,
        True,
    )


def test_a_user_is_called_by_name_or_else_by_email():
    assert str(User(name="Amina", email="a@example.org")) == "Amina"
    named = User(email="a@example.org")
    assert (named.get_full_name(), named.get_short_name()) == ("a@example.org", "a@example.org")
