"""The one-page profile as a Word file, opened and read: by those who may, as far as they may."""

import io

import pytest
from django.urls import reverse
from docx import Document
from PIL import Image

from coprod.lib.images import SafePicture
from coprod.lib.word import KIND, printable
from people import actions
from people.models import AuditEvent, Profile
from people.pictures import keep
from people.queries import profile_of
from tests.factories import make_person, make_profile

OWN = reverse("people:profile_word")


def drawn():
    file = io.BytesIO()
    Image.new("RGB", (40, 40), "teal").save(file, "JPEG")
    return SafePicture(small=file.getvalue(), large=file.getvalue())


def read(answer):
    assert answer["Content-Type"] == KIND
    document = Document(io.BytesIO(answer.content))
    return document, [(one.style.name, one.text) for one in document.paragraphs if one.text]


def test_own_page_has_the_shape_of_the_template(client_for, resident):
    make_profile(resident.person, best_contact="First line\nSecond line")
    answer = client_for(resident).get(OWN)
    assert answer["Content-Disposition"] == 'attachment; filename="one-page-profile.docx"'
    document, lines = read(answer)
    assert lines == [
        ("Title", "One page profile"),
        ("Heading 1", "Name"),
        ("Normal", "Amina Resident"),
        ("Heading 1", "What’s important to me"),
        ("Normal", "What matters to Amina Resident"),
        (
            "Heading 1",
            "The experience I bring to this group and/or the networks I connect with",
        ),
        ("Normal", "What Amina Resident brings"),
        ("Heading 1", "How you can best help me to contribute to this group"),
        ("Normal", "How to help Amina Resident"),
        ("Heading 1", "The best way to contact me"),
        ("Normal", "First line\nSecond line"),
    ]
    assert (document.core_properties.author, document.core_properties.comments) == ("", "")


def test_a_picture_goes_with_its_words(client_for, resident):
    make_profile(resident.person, photo=keep(drawn()), photo_alt="Me <in> my garden")
    document, _lines = read(client_for(resident).get(OWN))
    (shape,) = document.inline_shapes
    assert shape._inline.docPr.get("descr") == "Me <in> my garden"


def test_a_picture_whose_file_is_lost_leaves_the_words(client_for, resident):
    make_profile(resident.person, photo="profiles/lost.jpg")
    document, lines = read(client_for(resident).get(OWN))
    assert (len(document.inline_shapes), len(lines)) == (0, 11)


def test_a_picture_that_went_bad_leaves_the_words(client_for, resident):
    make_profile(resident.person, photo=keep(SafePicture(small=b"x", large=b"x")))
    document, lines = read(client_for(resident).get(OWN))
    assert (len(document.inline_shapes), len(lines)) == (0, 11)


def test_hostile_words_stay_words(client_for, resident):
    """Control: python-docx itself refuses the control character that is taken out here."""
    hostile = "</w:t><w:br/>&amp; \x0b {{ x }} =1+1"
    make_profile(resident.person)
    Profile.objects.update(experience=hostile)
    _document, lines = read(client_for(resident).get(OWN))
    assert ("Normal", "</w:t><w:br/>&amp; \n {{ x }} =1+1") not in lines
    assert any("</w:t><w:br/>&amp;" in words for _style, words in lines)
    assert printable("a\x00\x0b\ud800\ufffe\U0001f600b") == "a\U0001f600b"
    with pytest.raises(ValueError, match="XML"):
        Document().add_paragraph("\x00")


def test_staff_get_what_is_for_them_alone_and_it_is_on_record(
    client_for, resident, officer, other_officer, host
):
    """Control: the person’s own file, above, holds the other parts."""
    person = resident.person
    make_profile(person)
    actions.open_to(person=person, organisation=host, actor=resident)
    actions.set_audiences(person=person, actor=resident, audiences={"experience": "coordinators"})
    page = reverse("people:person_word", args=[person.uuid])
    _document, lines = read(client_for(officer).get(page))
    words = [words for style, words in lines if style == "Normal"]
    assert words == ["Amina Resident", "What Amina Resident brings"]
    assert AuditEvent.objects.get(verb="profile.opened").person == str(person.pk)
    assert client_for(other_officer).get(page).status_code == 404
    actions.stop_sharing_profile(person=person, actor=resident)
    assert client_for(officer).get(page).status_code == 403
    assert profile_of(person).experience  # the copy for the reader was never saved


def test_somebody_without_a_page_is_asked_first(client_for, officer):
    assert client_for(officer).get(OWN).url == reverse("people:start_page")
    assert make_person().pk
