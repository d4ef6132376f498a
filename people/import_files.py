"""The files of imports: each under a name that nobody can guess, gone after a month.

They lie where pictures do: no address leads there. A file is written before its row, so whatever
breaks off leaves a file of nobody, which ``sweep`` takes away.
"""

from __future__ import annotations

import datetime as dt
import logging
import secrets
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

from .models import PoolImport

logger = logging.getLogger(__name__)

FOLDER = "imports"
ENDINGS = (".csv", ".xlsx")
SWEPT_AFTER = dt.timedelta(hours=3)


class FileNotKept(Exception):  # noqa: N818 -- it names what happened, as NotAllowed does
    """The file could not be written; as a text it is fit for the screen."""

    def __str__(self) -> str:
        return str(_("We could not keep your file: there is a fault on our side. Try again later"))


def keep(data: bytes, name: str) -> str:
    """Write the bytes of a file that was called ``name``; return where they lie.

    Raises:
        FileNotKept: there is no room, or the disk is broken. Nothing is left behind.
    """
    ending = PurePath(name).suffix.lower()
    path = f"{FOLDER}/{secrets.token_hex(16)}{ending if ending in ENDINGS else '.csv'}"
    try:
        default_storage.save(path, ContentFile(data))
    except OSError as error:
        logger.error("a file was not kept: %s", type(error).__name__)  # noqa: TRY400 -- the path says nothing
        forget(path)
        raise FileNotKept from error
    return path


def path_of(name: str) -> Path:
    """Return where the file lies on the disk."""
    return Path(default_storage.path(name))


def forget(name: str) -> None:
    """Delete the file, if it is there."""
    with suppress(OSError):  # what cannot be deleted now is swept later
        default_storage.delete(name)


def nobodys(older_than: dt.timedelta = SWEPT_AFTER) -> Iterator[str]:
    """Yield the files that belong to no import."""
    found = list(_files())  # before the rows: what is taken meanwhile is then among them
    owned = set(PoolImport.objects.exclude(file="").values_list("file", flat=True))
    before = time.time() - older_than.total_seconds()
    for path in found:
        if path not in owned and _written(path) < before:
            yield path


def sweep() -> int:
    """Delete the files that belong to no import; return how many there were."""
    paths = list(nobodys())
    for path in paths:
        forget(path)
    return len(paths)


def _files() -> Iterator[str]:
    with suppress(FileNotFoundError):  # nobody has sent one yet
        for file in default_storage.listdir(FOLDER)[1]:
            yield f"{FOLDER}/{file}"


def _written(path: str) -> float:
    try:
        return default_storage.get_modified_time(path).timestamp()
    except FileNotFoundError:  # it went while we looked
        return time.time()
