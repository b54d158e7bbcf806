"""Try a file, commit what was shown, or drop it: all or nothing, and once however often asked."""

import hashlib
import uuid
from datetime import datetime, timedelta
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.journal import actions as journal
from shouwen.ground.org.models import Person, Unit
from shouwen.work.customers.access import require_writer
from shouwen.work.customers.drafts import tidy
from shouwen.work.customers.models import Upload

from .kinds import Kind, kind_of
from .plans.planning import Act, Setting
from .trials import Trial, attempt

KEPT = timedelta(days=1)
"""How long a tried file waits for its commit; it holds telephone numbers, so not longer."""


def try_file(
    division: Unit, kind_key: str, name: str, data: bytes, *, by: Person, at: datetime | None = None
) -> tuple[Upload, Trial]:
    """Read a file and find out what it would do; it is kept for the commit."""
    at = at or clock.now()
    kind = kind_of(kind_key)
    require_writer(by, kind.right, division)
    trial = attempt(kind, data, Setting(division, by, at))
    token = uuid.uuid4()
    stored = default_storage.save(f"imports/{token.hex}", ContentFile(data))
    upload = Upload.objects.create(
        token=token,
        division=division,
        kind=kind.key,
        file_name=tidy(PurePath(name.replace("\\", "/")).name)[:200] or "file",
        stored_as=stored,
        digest=hashlib.sha256(data).hexdigest(),
        size=len(data),
        uploaded_by=by,
        uploaded_at=at,
        result={"counts": trial.counts, "print": trial.print},
    )
    return upload, trial


def retry(upload: Upload, *, by: Person, at: datetime | None = None) -> Trial:
    """What a waiting file would do now."""
    at = at or clock.now()
    if upload.state != Upload.State.WAITING:
        raise _over(upload)
    return attempt(kind_of(upload.kind), _data(upload), Setting(upload.division, by, at))


@one_act
def commit(upload: Upload, *, by: Person, at: datetime | None = None) -> Upload:
    """Write everything the trial showed, in one transaction; asked twice, it is done once."""
    at = at or clock.now()
    upload = Upload.objects.select_for_update().select_related("division").get(pk=upload.pk)
    if upload.state == Upload.State.DONE:
        return upload
    kind = kind_of(upload.kind)
    require_writer(by, kind.right, upload.division)
    trial = retry(upload, by=by, at=at)
    _as_shown(upload, trial)
    for planned in trial.planned:
        if planned.act is not Act.SAME:
            planned.run(by, at)
    _finish(upload, kind, trial, by=by, at=at)
    return upload


def _as_shown(upload: Upload, trial: Trial) -> None:
    if trial.faults:
        raise refuse(
            N_("还有 %(rows)s 行有问题，一行也没有导入"),
            field="file",
            instead=N_("下载问题清单，改好后重新上传"),
            rows=trial.counts["faults"],
        )
    if trial.print != upload.result["print"]:
        raise refuse(
            N_("试算之后资料被别人改过，结果与刚才看到的不同，没有导入"),
            field="file",
            instead=N_("请重新看一遍试算结果再确认"),
        )


def _finish(upload: Upload, kind: Kind, trial: Trial, *, by: Person, at: datetime) -> None:
    stored = upload.stored_as
    upload.state, upload.stored_as = Upload.State.DONE, ""
    upload.result = {"counts": trial.counts, "print": trial.print}
    upload.save(update_fields=["state", "stored_as", "result"])
    journal.record(
        "import.done",
        upload,
        by=by,
        at=at,
        matter=upload.division,
        kind=kind.key,
        file=upload.file_name,
        digest=upload.digest,
        counts=trial.counts,
    )
    transaction.on_commit(lambda: default_storage.delete(stored))


def accept_anew(upload: Upload, trial: Trial) -> None:
    """What was shown last is what a commit may write."""
    result = {"counts": trial.counts, "print": trial.print}
    if upload.result != result:
        Upload.objects.filter(pk=upload.pk, state=Upload.State.WAITING).update(result=result)
        upload.result = result


@one_act
def drop(upload: Upload) -> None:
    """Forget a waiting file."""
    waiting = Upload.objects.filter(pk=upload.pk, state=Upload.State.WAITING)
    if waiting.update(state=Upload.State.DROPPED, stored_as=""):
        stored = upload.stored_as
        transaction.on_commit(lambda: default_storage.delete(stored))


def drop_old(now: datetime) -> int:
    """Forget files whose commit never came; returns how many. Safe to run at any time."""
    waiting = Upload.objects.filter(state=Upload.State.WAITING, uploaded_at__lt=now - KEPT)
    found = list(waiting[:500])
    for upload in found:
        drop(upload)
    return len(found)


def _data(upload: Upload) -> bytes:
    """The file as it was uploaded; refuses one that is gone or is no longer the same."""
    if not upload.stored_as or not default_storage.exists(upload.stored_as):
        raise _over(upload)
    with default_storage.open(upload.stored_as) as file:
        data: bytes = file.read()
    if hashlib.sha256(data).hexdigest() != upload.digest:
        raise _over(upload)
    return data


def _over(upload: Upload) -> Exception:
    done = upload.state == Upload.State.DONE
    return refuse(
        N_("这个文件已经导入过了") if done else N_("这个文件已不在，请重新上传"), field="file"
    )
