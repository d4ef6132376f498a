"""Each family of checks finds the fault that it is there to find, and none on a good page.

``GOOD`` is a whole page without a fault. Each row of the tables plants one fault in it, and names
the family that has to see it.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.journeys import checks
from tests.journeys.checks import focus, letters, words

PHONE = 320
SMALL = '<b><a style="padding: 0; font-size: 9px" href="/{0}/">{0}</a></b>'
TIGHT = "height: 2.5em; overflow: hidden; font-size: 16px; width: 5.4em; line-height: 1"
UP = """<nav aria-label="Two" style="position: relative; height: 90px">
<a href="/x/" style="position: absolute; top: 50px">X</a>
<a href="/y/" style="position: absolute; top: 0">Y</a></nav>"""
GOOD = """<!DOCTYPE html><html lang="en-GB"><head><title>Error: A page</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
  body { margin: 0; overflow-wrap: break-word; font-family: sans-serif; }
  a { display: inline-block; padding: 12px 4px; }
  button, summary { min-height: 44px; }
  :focus { outline: 3px solid #000; outline-offset: 1px; background: #ffd23f; }
  input, textarea, button { box-sizing: border-box; width: 100%; font: inherit; }
  input, textarea { border: 2px solid #000; min-height: 44px; }
  .gi-scroll { overflow-x: auto; max-width: 100%; }
  td { min-width: 300px; }
</style></head>
<body data-mine="yes" class="govuk-frontend-supported">
<a href="#main">Skip to main content</a>
<header><nav aria-label="Main"><a href="/one/">One</a></nav></header>
<main id="main">
<div class="govuk-error-summary"><h2>One thing</h2><a href="#phone">Enter a phone number</a></div>
<div class="govuk-notification-banner" role="alert">Saved</div>
<h1>A page</h1>
<p>Words, and <a href="/two/">a second page</a>. <svg width="9" aria-hidden="true"></svg></p>
<img src="data:," alt="A table with a free seat">
<form action="/send/"><div class="govuk-form-group--error"><label for="phone">Phone</label>
<p class="govuk-error-message" id="phone_error">Enter a phone number</p>
<input id="phone" name="phone" type="tel" autocomplete="tel" aria-invalid="true"
 aria-describedby="phone_error"></div>
<div data-maxlength="9"><label for="why">Why</label><textarea id="why" name="why"
 aria-describedby="why-info"></textarea>
<p id="why-info" class="govuk-character-count__message">9 letters</p>
<p aria-live="polite"></p></div>
<fieldset><legend>Born</legend><label>Day <input name="born_day"></label>
<label>Month <input name="born_month"></label>
<label>Year <input name="born_year"></label></fieldset>
<button>Send</button></form>
<h2>Numbers</h2>
<div class="gi-scroll" role="region" aria-labelledby="cap" tabindex="0"><table>
<caption id="cap">People</caption><tr><th scope="col">Town</th><th scope="col">People</th></tr>
<tr><td>Tipton</td><td>12</td></tr></table></div>
<section aria-label="Answers"><figure class="gi-chart"><ul><li><span>Yes</span><b>4</b>
<svg width="9" aria-hidden="true"></svg></li></ul>
</figure></section>
</main>
<section aria-labelledby="help"><h2 id="help">Help</h2><a href="tel:0121">Ring</a>
<a href="mailto:a@example.org">Write</a>
<a href="/contact/#together">Fill this in with me</a></section>
<footer><a href="/accessibility/">Accessibility</a></footer></body></html>"""

# Family, what stands there, what is planted instead.
AT_ONCE = [
    ("structure", ' lang="en-GB"', ""),
    ("structure", "<title>Error: A page</title>", "<title></title>"),
    ("structure", "<h1>A page</h1>", "<h2>A page</h2>"),
    ("structure", "<h2>Numbers</h2>", "<h4>Numbers</h4>"),
    ("structure", "<header>", "<div>"),
    ("structure", ' aria-label="Main"', ""),
    ("references", 'aria-labelledby="cap"', 'aria-labelledby="gone"'),
    ("targets", "<button>", '<button style="min-height: 20px; height: 20px">'),
    (
        "targets",
        "<h2>Numbers</h2>",
        "<h2>Numbers</h2>" + SMALL.format("aa") + SMALL.format("bb"),
    ),
    ("names", ">a second page<", "><"),
    ("names", ">a second page<", ">click here<"),
    ("names", ">a second page<", ">One<"),
    ("names", "</form>", '</form><form action="/other/"><button>Send</button></form>'),
    ("label in name", "<button>", '<button aria-label="Go on">'),
    ("icons", '<svg width="9" aria-hidden="true"></svg></p>', '<svg width="9"></svg></p>'),
    ("icons", "Words,", "Words 🎉,"),
    ("images", ' alt="A table with a free seat"', ""),
    ("images", "A table with a free seat", "seat.png"),
    ("tables", '<caption id="cap">People</caption>', '<tr><td id="cap"></td></tr>'),
    ("tables", '<th scope="col">Town', "<th>Town"),
    ("tables", ' tabindex="0"', ""),
    ("tables", "<li><span>Yes</span><b>4</b>", "<li>"),
    ("dates", "</form>", '<label>Day <input type="date"></label></form>'),
    ("dates", '<label>Year <input name="born_year"></label>', ""),
    ("counts", ' aria-live="polite"', ""),
    (
        "counts",
        ' aria-describedby="why-info"',
        "",
    ),
    ("autocomplete", ' autocomplete="tel"', ""),
    ("autocomplete", '"tel" aria', '"telephone" aria'),
    ("typing", 'name="born_day"', 'name="born_day" onpaste="return false"'),
    ("typing", 'name="born_day"', 'name="born_day" maxlength="2"'),
    ("typing", 'name="born_day"', 'name="born_day" placeholder="1"'),
    ("asked twice", "</form>", '<label>Phone <input name="p2" autocomplete="tel"></label></form>'),
    ("errors", "Error: A page", "A page"),
    ("errors", 'href="#phone"', 'href="#why"'),
    ("errors", ' aria-invalid="true"', ""),
    ("errors", ' id="phone_error"', ""),
    ("status", ' role="alert"', ""),
    ("help", '<a href="tel:0121">Ring</a>', ""),
    ("help", "<footer>", "<p>More</p><footer>"),
    ("media", "</main>", '<video src="data:,"></video></main>'),
    ("media", "/two/", "/two.pdf"),
    ("time", "<style>", '<meta http-equiv="refresh" content="60"><style>'),
    ("windows", 'href="/two/"', 'href="/two/" target="_blank"'),
    ("windows", "<button>", "<button autofocus>"),
    ("zoom", "initial-scale=1", "user-scalable=no"),
    ("dragging", "</main>", '<ul><li draggable="true">Move me</li></ul></main>'),
    ("hovering", "<h2>Numbers</h2>", '<h2 title="How many">Numbers</h2>'),
    ("keyboard", "<button>", '<button tabindex="3">'),
    ("keyboard", "</main>", '<p onclick="go()">Press me</p></main>'),
    (
        "motion",
        "</style>",
        "@keyframes x { to { opacity: 0 } } h1 { animation: x 9s infinite } </style>",
    ),
    ("edges", "border: 2px solid #000", "border: 2px solid #ddd"),
    ("width", "<h2>Numbers</h2>", '<h2 style="width: 400px">Numbers</h2>'),
]
STRESSED = [
    ("cut off", "<h1>A page", '<h1 style="height: 9px; overflow: hidden">A page'),
    (
        "text spacing",
        "<h1>A page",
        f'<h1 style="{TIGHT}">Heading Heading',
    ),
    ("large text", "<h1>A page", '<h1 style="font-size: 18px">A page'),
    (
        "large text",
        "<h1>A page",
        '<h1 style="font-size: 1rem; white-space: nowrap">A page with a long heading',
    ),
    ("forced colours", "<button>", '<button style="border: 0; forced-color-adjust: none">'),
]
KEYBOARD = [
    ("tab order", "<button>", '<button tabindex="2">'),
    (
        "tab order",
        "</form>",
        f"</form>{UP}",
    ),
    (
        "tab order",
        "<button>",
        "<button onkeydown=\"if (event.key === 'Tab') event.preventDefault()\">",
    ),
    ("visible focus", "outline: 3px solid #000; outline-offset: 1px; background: #ffd23f", "x: y"),
    ("visible focus", "outline: 3px solid #000", "outline: 3px solid #eee"),
    (
        "focus",
        "</footer>",
        '</footer><div style="position: fixed; inset: 0; background: #fff"></div>',
    ),
]


@pytest.fixture
def page(new_context) -> Page:
    """An empty page as wide as a phone, for people who asked for stillness."""
    return new_context(viewport={"width": PHONE, "height": 800}, reduced_motion="reduce").new_page()


def families(faults: list[str]) -> set[str]:
    return {fault.removeprefix("about:blank: ").partition(":")[0] for fault in faults}


def planted(old: str, new: str) -> str:
    assert GOOD.count(old) >= 1, old
    return GOOD.replace(old, new)


def used(page: Page) -> set[str]:
    return families(checks.thorough(page, set()))


def test_a_good_page_has_no_fault(page):
    page.set_content(GOOD)
    assert checks.cheap(page) == []
    assert checks.stressed(page) == []
    assert checks.thorough(page, set()) == []


def test_every_fault_that_can_be_read_off_a_page_is_found(page):
    missed = []
    for family, old, new in AT_ONCE:
        page.set_content(planted(old, new))
        if family not in families(checks.cheap(page)):
            missed.append((family, new))
    assert missed == []


def test_every_fault_that_shows_under_stress_is_found(page):
    missed = []
    for family, old, new in STRESSED:
        page.set_content(planted(old, new))
        if family not in families(checks.stressed(page)):
            missed.append((family, new))
    assert missed == []


def test_every_fault_that_shows_by_keyboard_is_found(page):
    missed = []
    for family, old, new in KEYBOARD:
        page.set_content(planted(old, new))
        if family not in used(page):
            missed.append((family, new))
    assert missed == []


def test_a_family_that_cannot_fail_would_be_seen():
    """Control: every family of page.js has a planted fault above."""
    named = set(checks.FAMILY.findall(checks.AT_ONCE))
    assert named == {family for family, _old, _new in AT_ONCE}


def test_what_axe_cannot_tell_is_a_fault_unless_it_is_explained(page, axe):
    over = '<h1 style="position: relative">A page<i style="position: absolute; inset: 0"></i></h1>'
    page.set_content(planted("<h1>A page</h1>", over))
    assert any("axe cannot tell" in fault for fault in axe(page))


# --- Numbers -------------------------------------------------------------------------------------
def test_contrast_is_counted_as_in_wcag():
    assert round(focus.contrast((0, 0, 0), (255, 255, 255)), 1) == 21
    assert round(focus.contrast((118, 118, 118), (255, 255, 255)), 2) == 4.54


def test_hard_words_ask_for_more_years_of_school_than_plain_ones():
    plain = "You can ring us. We fill in the form with you. It takes ten minutes."
    hard = (
        "Notwithstanding the aforementioned considerations, participants' entitlements remain "
        "discretionary until organisational governance arrangements have been established."
    )
    assert words.grade(plain) < 3
    assert words.grade(hard) > words.GRADE + 5
    assert words.grade("") == 0
    assert [words.syllables(word) for word in ("cat", "table", "home", "jumped", "wanted")] == [
        1,
        2,
        1,
        1,
        2,
    ]


LETTER = '<html lang="en-GB"><title>x</title><body><h1>Hello</h1><a href="/x">Your place</a>'


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (' lang="en-GB"', "", "no language"),
        ("<h1>Hello</h1>", "", "no heading"),
        (">Your place<", ">click here<", "a link called click here"),
        (">Your place<", ">http://localhost/x<", "a link called http://localhost/x"),
        ("<h1>", '<img src="x"><h1>', "a picture without words"),
    ],
)
def test_a_fault_in_a_letter_is_found(old, new, fault):
    assert letters.faults(LETTER, "Hello") == []
    assert letters.faults(LETTER.replace(old, new), "Hello") == [fault]
    assert letters.faults(LETTER, " ") == ["no words without HTML"]
