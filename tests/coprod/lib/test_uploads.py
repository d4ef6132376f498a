"""Files that are too long are cut while they arrive, and nothing touches a disk."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import load_handler
from django.test import Client, RequestFactory

from coprod.lib import uploads

MIB = 1024 * 1024
BOUNDARY = "b0undary"


class Slowly:
    """A form as it arrives: the file is made while it is read, and is never there as a whole."""

    def __init__(self, *lengths: int) -> None:
        self.parts = self._parts(lengths)
        self.length = sum(len(part) for part in self._parts(lengths))
        self.left = b""
        self.read_so_far = 0

    def _parts(self, lengths: tuple[int, ...]) -> Iterator[bytes]:
        for number, length in enumerate(lengths):
            name = f'Content-Disposition: form-data; name="file{number}"; filename="x.jpg"'
            yield f"--{BOUNDARY}\r\n{name}\r\nContent-Type: image/jpeg\r\n\r\n".encode()
            for _mebibyte in range(length // MIB):
                yield bytes(MIB)
            yield b"x" * (length % MIB) + b"\r\n"
        name = 'Content-Disposition: form-data; name="name"'
        yield f"--{BOUNDARY}\r\n{name}\r\n\r\nAmina\r\n--{BOUNDARY}--\r\n".encode()

    def read(self, size: int) -> bytes:
        while len(self.left) < size and (part := next(self.parts, b"")):
            self.left += part
        taken, self.left = self.left[:size], self.left[size:]
        self.read_so_far += len(taken)
        return taken

    readline = read


def sent(body: Slowly) -> dict[str, object]:
    """Return what a web server says of a form that arrives."""
    return {
        "wsgi.input": body,
        "CONTENT_LENGTH": str(body.length),
        "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}",
    }


def request_with(body: Slowly):
    return RequestFactory().generic("POST", "/", **sent(body))


def test_a_file_up_to_the_limit_is_whole():
    request = request_with(Slowly(uploads.LIMIT))
    assert request.FILES["file0"].size == uploads.LIMIT
    assert len(request.FILES["file0"].read()) == uploads.LIMIT


def test_50_mb_are_cut_while_they_arrive_and_the_rest_of_the_form_is_there():
    """Never more than the limit in memory, and its own 2 copies. Control: a whole file's bytes."""
    tracemalloc.start()
    request = request_with(Slowly(50 * MIB))
    assert request.POST["name"] == "Amina"
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    cut = request.FILES["file0"]
    assert (cut.size, cut.read()) == (50 * MIB, b"")
    assert peak < 30 * MIB


def test_several_files_share_one_limit():
    request = request_with(Slowly(6 * MIB, 6 * MIB))
    assert [len(request.FILES[name].read()) for name in ("file0", "file1")] == [6 * MIB, 0]
    assert request.FILES["file1"].size > uploads.LIMIT


def test_what_no_form_can_be_is_not_read_at_all(db):
    body = Slowly(uploads.REQUEST_LIMIT + 1)
    request = request_with(body)
    with pytest.raises(RequestDataTooBig):
        request.POST  # noqa: B018 -- reading it is what is tried
    assert body.read_so_far == 0
    answer = Client().generic("POST", "/account/login/", **sent(body))
    assert (answer.status_code, body.read_so_far) == (413, 0)


def test_no_upload_reaches_a_disk(settings):
    request = RequestFactory().post("/")
    kinds = [type(load_handler(name, request)) for name in settings.FILE_UPLOAD_HANDLERS]
    assert kinds == [uploads.CappedUploads]
