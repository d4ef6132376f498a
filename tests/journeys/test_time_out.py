"""Staff are warned before their time is over, and nothing that they typed is lost."""

import datetime as dt

from playwright.sync_api import Page


def arrives(window: Page, heading: str) -> None:
    window.get_by_role("heading", name=heading).wait_for()


def comes_back(window: Page) -> None:
    """Leave the page and come back to it as it was: its script then looks at the time."""
    window.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")


def test_staff_are_warned_in_time_and_stay(page_at, looks_right, officer, settings):
    """By keyboard, on a phone. The warning comes five minutes before the end."""
    window = page_at(320, user=officer)
    window.goto("/staff/people/new/")
    window.get_by_label("Name", exact=True).fill("Joyce Miller")
    settings.STAFF_SESSION_IDLE = dt.timedelta(seconds=295)
    comes_back(window)
    arrives(window, "Are you still there?")
    looks_right(window)
    settings.STAFF_SESSION_IDLE = dt.timedelta(minutes=30)
    assert window.evaluate("document.activeElement.textContent") == "Stay signed in"
    window.keyboard.press("Enter")
    window.get_by_role("heading", name="Are you still there?").wait_for(state="hidden")
    assert window.get_by_label("Name", exact=True).input_value() == "Joyce Miller"
    assert window.evaluate("document.activeElement.name") == "name"

    settings.STAFF_SESSION_IDLE = dt.timedelta(seconds=1)
    settings.STAFF_SESSION_MAX = dt.timedelta(seconds=1)
    comes_back(window)
    arrives(window, "You are signed out")
    looks_right(window)
    window.get_by_role("button", name="Close").click()
    assert window.get_by_label("Name", exact=True).input_value() == "Joyce Miller"
