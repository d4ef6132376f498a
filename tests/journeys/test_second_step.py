"""The second step in the browser: a passkey made and used, and an app's code without scripts."""

import re

import pytest
from django.core import mail
from playwright.sync_api import Page

from people.models import Role
from tests.people.signing_in import SECRET, app_shows, give_app


@pytest.fixture(autouse=True)
def asked_of_all_staff(settings):
    settings.STAFF_SECOND_FACTOR_ROLES = [role.value for role in Role]


def plug_in_a_key(window: Page) -> None:
    """Give the browser an authenticator that knows its owner and says yes by itself."""
    session = window.context.new_cdp_session(window)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def arrives(window: Page, heading: str) -> None:
    window.get_by_role("heading", name=heading).wait_for()


def sign_in_by_code(window: Page, email: str) -> None:
    window.goto("/account/login/")
    window.get_by_label("Your e-mail address").fill(email)
    window.get_by_role("button", name="Sign in", exact=True).click()
    window.get_by_label("The code from the e-mail").wait_for()
    code = re.search(r"^\d{4}-\d{4}$", mail.outbox[-1].body, re.MULTILINE).group()
    window.get_by_label("The code from the e-mail").fill(code)
    window.get_by_role("button", name="Go on").click()


def test_a_passkey_is_made_and_signs_in(page_at, looks_right, officer):
    window = page_at(320, user=officer)
    plug_in_a_key(window)
    window.goto("/staff/")
    arrives(window, "First make a second step")
    looks_right(window)
    window.get_by_role("link", name="Make a passkey").click()
    arrives(window, "Make a passkey")
    looks_right(window)
    window.get_by_label("What you call it").fill("My phone")
    window.get_by_role("button", name="Make the passkey").click()
    arrives(window, "My recovery codes")
    looks_right(window)
    window.goto("/staff/")
    window.get_by_role("heading", level=1).wait_for()
    assert window.url.endswith("/staff/")

    window.get_by_role("button", name="Sign out").click()
    window.goto("/account/login/")
    looks_right(window)
    window.get_by_role("button", name="Sign in with a passkey").click()
    window.wait_for_url("**/staff/")

    window.get_by_role("button", name="Sign out").click()
    sign_in_by_code(window, officer.email)
    arrives(window, "The second step")
    looks_right(window)
    window.get_by_role("button", name="Use my passkey").click()
    window.wait_for_url("**/staff/")

    rename_and_take_away(window, looks_right)
    window.goto("/staff/")
    arrives(window, "First make a second step")


def rename_and_take_away(window: Page, looks_right) -> None:
    window.goto("/account/2fa/webauthn/")
    looks_right(window)
    window.get_by_role("link", name="Rename My phone").click()
    window.get_by_role("link", name="Use a passkey").click()
    arrives(window, "Is it really you?")
    looks_right(window)
    window.get_by_role("button", name="Use my passkey").click()
    arrives(window, "Rename a passkey")
    window.get_by_label("What you call it").fill("My old phone")
    looks_right(window)
    window.get_by_role("button", name="Keep this name").click()
    window.get_by_role("link", name="Take away My old phone").click()
    arrives(window, "Take the passkey")
    looks_right(window)
    window.get_by_role("button", name="Take it away").click()
    window.get_by_text("The passkey is taken away.").wait_for()


def test_an_app_works_without_scripts_and_on_every_page_of_it(
    page_at, looks_right, administrator, officer
):
    give_app(officer)
    give_app(administrator)
    window = page_at(320, javascript=False)
    sign_in_by_code(window, administrator.email)
    window.get_by_text("Passkeys need JavaScript").wait_for()
    looks_right(window)
    assert not window.get_by_role("button", name="Use my passkey").is_visible()
    window.get_by_label("Your code").fill("12 34 56")
    window.get_by_role("button", name="Go on").click()
    window.get_by_text("Try the next code.").first.wait_for()
    looks_right(window)
    window.get_by_label("Your code").fill(app_shows(SECRET))
    window.get_by_role("button", name="Go on").click()
    window.wait_for_url("**/staff/")
    window.goto("/account/2fa/totp/deactivate/")
    arrives(window, "Is it really you?")
    looks_right(window)
    window.get_by_label("Your code").fill(app_shows(SECRET, half_minutes=1))
    window.get_by_role("button", name="Go on").click()
    window.get_by_text("It stays.").wait_for()
    looks_right(window)
    for address in ("/account/2fa/recovery-codes/generate/", "/account/2fa/", "/account/"):
        window.goto(address)
        looks_right(window)
    window.goto("/staff/organisation/")
    window.get_by_role("link", name="Lost phone Dev Officer").click()
    arrives(window, "Take the second step of Dev Officer away?")
    looks_right(window)
    window.get_by_role("button", name="Take it away").click()
    window.get_by_text("The second step is taken away.").wait_for()
