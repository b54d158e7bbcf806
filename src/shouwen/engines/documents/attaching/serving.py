"""A file on its way to somebody who passed the gate: as a download, never as a page of ours."""

from django.core.files.storage import default_storage
from django.http import FileResponse

from shouwen.engines.documents.models import Attachment

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


def download(attachment: Attachment) -> FileResponse:
    """The file as attachment; whoever calls this has asked `access_attachment` first."""
    return FileResponse(
        default_storage.open(attachment.blob.path),
        as_attachment=True,
        filename=attachment.name,
        content_type=attachment.blob.mime,
        headers=HEADERS,
    )
