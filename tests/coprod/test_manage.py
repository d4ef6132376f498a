"""The command line says in one sentence what is wrong."""

from __future__ import annotations

from tests import programs


def test_a_database_that_is_not_there_is_one_sentence(tmp_path):
    """Control: with --traceback the fault itself is shown."""
    asked = ("manage.py", "retention", "--dry-run")
    facts = {"COPROD_MODE": "test", "SECRET_KEY": "x", "EQUALITY_KEY": "y"}
    nowhere = f"sqlite:///{tmp_path}/never/was.sqlite3"
    done = programs.python(tmp_path, *asked, DATABASE_URL=nowhere, **facts)
    assert done.returncode == 1
    assert "Are COPROD_DATA and DATABASE_URL those of the portal?" in done.stderr
    assert "Traceback" not in done.stderr
    done = programs.python(tmp_path, *asked, "--traceback", DATABASE_URL=nowhere, **facts)
    assert "Traceback" in done.stderr
