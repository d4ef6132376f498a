"""Towns and wards from readable files."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command

from people.models import Town, Ward
from people.reference import BadFile, load_wards

HEAD = "code,name,town,valid_from,valid_to\n"


def silent(_text):
    pass


@pytest.mark.django_db
def test_the_wards_until_may_2026_are_there_with_their_six_towns():
    assert load_wards(say=silent) == 24
    assert load_wards(say=silent) == 24
    assert sorted(Town.objects.values_list("name", flat=True)) == [
        "Oldbury",
        "Rowley Regis",
        "Smethwick",
        "Tipton",
        "Wednesbury",
        "West Bromwich",
    ]
    assert Ward.objects.in_force_on(dt.date(2026, 5, 6)).count() == 24
    assert Ward.objects.in_force_on(dt.date(2026, 5, 7)).count() == 0
    abbey = Ward.objects.get(code="E05001260")
    assert (str(abbey), str(abbey.town)) == ("Abbey", "Smethwick")


@pytest.mark.django_db
def test_present_wards_come_by_a_file(tmp_path, capsys):
    file = tmp_path / "wards.csv"
    file.write_text(
        HEAD + "E05099999,Testward,Newtown,2026-05-07,\nE05099998,Nowhere,,2026-05-07,\n"
    )
    call_command("load_wards", str(file))
    assert capsys.readouterr().out == "New town: Newtown\n2 wards loaded.\n"
    ward = Ward.objects.get(code="E05099999")
    assert (ward.town.name, ward.valid_to) == ("Newtown", None)
    assert Ward.objects.get(code="E05099998").town is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("code,name\nx,y\n", "lacks: town, valid_from, valid_to"),
        (HEAD + "E05099999,Testward,,7 May 2026,\n", "Line 2: write days as 2026-05-07"),
        (HEAD + "E05099999,,,2026-05-07,\n", "Line 2: fill in code and name"),
    ],
)
def test_a_file_that_cannot_be_read_changes_nothing(tmp_path, text, message):
    file = tmp_path / "wards.csv"
    file.write_text(text)
    with pytest.raises(BadFile, match=message):
        load_wards(file, say=silent)
    assert not Ward.objects.exists()
    with pytest.raises(CommandError, match=message):
        call_command("load_wards", str(file))


@pytest.mark.django_db
def test_a_file_that_is_not_there_is_said():
    with pytest.raises(CommandError, match="No such file"):
        call_command("load_wards", "/nowhere.csv")


@pytest.mark.django_db
def test_the_equality_questions_are_loaded_by_a_command(capsys):
    call_command("load_equality_questions")
    assert capsys.readouterr().out == "9 questions in use.\n"
