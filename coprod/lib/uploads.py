"""Files that people send: held in memory up to a limit, and cut while they arrive beyond it.

Nothing that was sent is ever written to a disk: a file that is kept is one of our own making. A
file that was cut comes to the form without its bytes and with its true size, so that the form can
say so beside the field and keep everything else that was typed.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

LIMIT = 10 * 1024 * 1024  # of all files of one form together
# Longer ones are not even read to their end, and get no page of the form back.
REQUEST_LIMIT = 64 * 1024 * 1024


class CappedUploads(FileUploadHandler):
    """The only upload handler of the portal."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.file = BytesIO()
        self.received = 0

    def handle_raw_input(self, *args: Any) -> None:
        (_stream, _meta, content_length, *_more) = args
        if content_length > REQUEST_LIMIT:
            raise RequestDataTooBig("The form is longer than any form of the portal can be.")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.file = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 -- Django passes it by this name
        self.received += len(raw_data)
        if self.received > LIMIT:
            self.file = BytesIO()
        else:
            self.file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        cut = self.received > LIMIT
        self.file.seek(0)
        return InMemoryUploadedFile(
            file=self.file,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=max(file_size, LIMIT + 1) if cut else file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
