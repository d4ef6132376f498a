"""What was typed goes back into its form, and nothing else of the page changes."""

from coprod.lib.filling import fill
from tests.html_forms import forms_of

PAGE = """<!DOCTYPE html><title>A &amp; B</title><svg><linearGradient id=a></linearGradient></svg>
<form action="/search/"><input name="q" value="kept"></form>
<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="new">
<input type="hidden" name="once" value="new"><input type="hidden" name="version" value="2">
<input type="hidden" name="row" value="1"><input type="hidden" name="row" value="2">
<input name="title" value="old" aria-label="&quot;T&quot;"><input type="password" name="secret">
<input name="fixed" value="fixed" disabled><input type="file" name="photo">
<input type="radio" name="kind" value="a" checked><input type="radio" name="kind" value="b">
<input type="checkbox" name="sure"><input type="checkbox" name="no" checked>
<select name="town"><option value="">None</option><option value="1" selected>One</option>
<option value="2">Two</option></select>
<textarea name="why" rows="2">
old words</textarea><textarea name="how">as it was</textarea>
<button name="do" value="save">Save</button></form>
<form method="post" action="/elsewhere/"><input name="title" value="theirs"></form>"""
TYPED = {
    "csrfmiddlewaretoken": ["old"], "once": ["old"], "version": ["1"], "row": ["2", "1"],
    "title": ['A "new" <title>'], "secret": ["hush"], "fixed": ["moved"], "photo": ["x"],
    "kind": ["b"], "sure": ["on"], "town": ["2"], "why": ["\nnew </textarea> & words"],
}  # fmt: skip


def filled(page: str = PAGE, goes_to: str = "/here/") -> str | None:
    return fill(page, stands_at="/here/?day=1", goes_to=goes_to, typed=TYPED)


def test_every_kind_of_control_is_filled_as_a_browser_would():
    search, ours, theirs = forms_of(filled(), "/here/")
    assert ours.data == {
        "csrfmiddlewaretoken": ["new"], "once": ["new"], "version": ["1"], "row": ["1", "2"],
        "title": ['A "new" <title>'], "secret": [""], "kind": ["b"], "sure": ["on"],
        "town": ["2"], "why": ["\nnew </textarea> & words"], "how": ["as it was"],
    }  # fmt: skip
    assert (search.data, theirs.data) == ({"q": ["kept"]}, {"title": ["theirs"]})


def test_the_rest_of_the_page_stays_to_the_letter():
    beginning, _form, _rest = PAGE.partition('<input type="hidden" name="version"')
    assert filled().startswith(beginning)
    assert filled().endswith(PAGE[PAGE.index('<textarea name="how">') :])


def test_a_page_without_the_form_says_so():
    assert filled(goes_to="/nowhere/") is None
    assert filled("<p>No form</p>") is None
    assert filled('<form action="/here/"><input name="title"></form>') is None
