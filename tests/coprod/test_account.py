"""Sign-up, sign-in and the rest of /account/, as people meet them: in our look and our words."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.urls import reverse

from people.models import User
from tests.coprod.markup import find_all, strictly, words

PASSWORD = "three words together"


def page(response):
    return strictly(response.content)


def heading(document) -> str:
    (one,) = document.iter("h1")
    return words(one)


def code_from_mail() -> str:
    return re.search(r"^\s*([\d-]{9})\s*$", mail.outbox[-1].body, re.MULTILINE).group(1)


def labels(document) -> dict[str, str]:
    """Return what each control of the main part is called."""
    (main,) = document.iter("main")
    return {label.get("for"): words(label) for label in main.iter("label")}


@pytest.fixture
def with_password(resident) -> User:
    resident.set_password(PASSWORD)
    resident.save()
    return resident


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("account_login", "Sign in"),
        ("account_signup", "Make an account"),
        ("account_request_login_code", "Get a code by e-mail"),
        ("account_reset_password", "I forgot my password"),
        ("account_inactive", "This account is closed"),
        ("account_password_reset_completed", "Your password is changed"),
    ],
)
def test_doors_of_visitors(client, db, name, title):
    document = page(client.get(reverse(name)))
    assert heading(document) == title
    assert find_all(document, "a", class_="gi-brand")


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("account_email", "My e-mail address"),
        ("account_change_password", "Change my password"),
        ("account_logout", "Do you want to sign out?"),
    ],
)
def test_doors_of_those_who_are_signed_in(with_password, client_for, name, title):
    assert heading(page(client_for(with_password).get(reverse(name)))) == title


def test_somebody_without_a_password_may_choose_one(resident, client_for):
    resident.set_unusable_password()
    resident.save()
    document = page(client_for(resident).get(reverse("account_set_password")))
    assert heading(document) == "Choose a password"


def test_browsers_know_what_to_fill_in(client, with_password, client_for):
    sign_in = page(client.get(reverse("account_login")))
    assert [one.get("autocomplete") for one in sign_in.iter("input") if one.get("id")] == [
        "email",
        "current-password",
    ]
    change = page(client_for(with_password).get(reverse("account_change_password")))
    assert [one.get("autocomplete") for one in change.iter("input") if one.get("id")] == [
        "current-password",
        "new-password",
        "new-password",
    ]


def test_signing_in_with_a_code_in_one_large_box(client, resident):
    sent = client.post(reverse("account_login"), {"login": resident.email}, follow=True)
    document = page(sent)
    assert heading(document) == "Look at your e-mail"
    assert resident.email in words(document)
    (box,) = find_all(document, "input", name="code")
    assert (box.get("autocomplete"), box.get("inputmode")) == ("one-time-code", "numeric")
    assert "gi-code-box" in box.get("class")
    client.post(reverse("account_confirm_login_code"), {"code": code_from_mail()})
    assert client.session["_auth_user_id"] == str(resident.pk)


def test_a_wrong_code_says_so_beside_the_box_and_in_the_title(client, resident):
    client.post(reverse("account_login"), {"login": resident.email})
    document = page(client.post(reverse("account_confirm_login_code"), {"code": "000000x"}))
    (summary,) = find_all(document, "div", class_="govuk-error-summary")
    (link,) = summary.iter("a")
    assert (link.get("href"), words(link)) == (
        "#id_code",
        "That is not the code. Look at the newest e-mail from us.",
    )
    (title,) = document.iter("title")
    assert words(title).startswith("Error: Sign in with a code")


def test_signing_up_with_words_of_ours(client, db):
    form = page(client.get(reverse("account_signup")))
    assert labels(form)["id_email"] == "Your e-mail address"
    document = page(
        client.post(
            reverse("account_signup"), {"email": "new@example.org", "name": "New"}, follow=True
        )
    )
    assert "new@example.org" in words(document)
    assert find_all(document, "details")  # the address may be wrong
    answer = client.post(reverse("account_email_verification_sent"), {"code": code_from_mail()})
    assert answer.status_code == 302
    assert User.objects.filter(email="new@example.org").exists()


def test_an_empty_sign_up_says_what_to_write(client, db):
    document = page(client.post(reverse("account_signup"), {}))
    (summary,) = find_all(document, "div", class_="govuk-error-summary")
    assert [(link.get("href"), words(link)) for link in summary.iter("a")] == [
        ("#id_name", "Enter your name"),
        ("#id_email", "Write your e-mail address, like name@example.org"),
    ]


def test_a_forgotten_password_is_set_again_by_a_code(client, with_password):
    client.post(reverse("account_reset_password"), {"email": with_password.email})
    confirm = reverse("account_confirm_password_reset_code")
    assert heading(page(client.get(confirm))) == "Look at your e-mail"
    document = page(client.post(confirm, {"code": code_from_mail()}, follow=True))
    assert heading(document) == "Choose a new password"
    new = "a quite different one"
    client.post(reverse("account_complete_password_reset"), {"password1": new, "password2": new})
    with_password.refresh_from_db()
    assert with_password.check_password(new)


def test_changing_the_address_waits_for_its_code(resident, client_for):
    browser = client_for(resident)
    document = page(
        browser.post(
            reverse("account_email"), {"email": "other@example.org", "action_add": ""}, follow=True
        )
    )
    assert "other@example.org" in words(document)
    resident.refresh_from_db()
    assert resident.email != "other@example.org"


def test_signing_out_is_a_button(resident, client_for):
    browser = client_for(resident)
    browser.get(reverse("account_logout"))
    assert "_auth_user_id" in browser.session
    browser.post(reverse("account_logout"))
    assert "_auth_user_id" not in browser.session
