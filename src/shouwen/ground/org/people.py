"""Verbs on people: they come, take posts, leave. Standing in is in `absences`."""

from datetime import date, datetime, timedelta

from django.contrib.auth import get_user_model
from django.db.models import Q

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.journal import actions as journal

from . import naming
from .access import require_keeper
from .models import Appointment, Person, Post
from .roster import bump


@one_act
def hire(
    username: str,
    *,
    name_zh: str,
    name_en: str = "",
    email: str = "",
    phone: str = "",
    language: str = "zh-hans",
    password: str | None = None,
    by: Person | None = None,
    at: datetime | None = None,
) -> Person:
    """Take somebody in, with an account; without a password it cannot sign in by one."""
    require_keeper(by, None)
    users = get_user_model().objects
    if users.filter(username=username).exists():
        raise refuse(N_("用户名 %(username)s 已被使用"), field="username", username=username)
    person = Person(
        user=users.create_user(username, email=email, password=password),
        name_zh=name_zh, name_en=name_en, email=email, phone=phone, language=language,
        pinyin=naming.pinyin(name_zh), initials=naming.initials(name_zh),
    )  # fmt: skip
    person.full_clean()
    person.save()
    journal.record("person.hired", person, by=by, at=at, username=username)
    bump()
    return person


@one_act
def change_person(
    person: Person,
    *,
    name_zh: str,
    name_en: str,
    email: str,
    phone: str,
    language: str,
    by: Person | None = None,
    at: datetime | None = None,
) -> Person:
    """Mend what is known of a person; the keeper may, and everybody for himself."""
    person = _locked(person)
    if by is None or by.pk != person.pk:
        require_keeper(by, None)
    new = {"name_zh": name_zh, "name_en": name_en, "email": email, "phone": phone,
           "language": language, "pinyin": naming.pinyin(name_zh),
           "initials": naming.initials(name_zh)}  # fmt: skip
    changed = sorted(field for field, value in new.items() if getattr(person, field) != value)
    for field, value in new.items():
        setattr(person, field, value)
    person.full_clean()
    person.save(update_fields=list(new))
    journal.record("person.changed", person, by=by, at=at, fields=changed)
    bump()
    return person


@one_act
def set_password(
    person: Person,
    password: str,
    *,
    by: Person | None = None,
    at: datetime | None = None,
) -> Person:
    """Give somebody a password to begin with; it stands nowhere but in the account, hashed."""
    require_keeper(by, None)
    if not person.active:
        raise refuse(N_("%(person)s已离职"), person=person.name)
    person.user.set_password(password)
    person.user.save(update_fields=["password"])
    journal.record("person.password_set", person, by=by, at=at)
    return person


@one_act
def leave(
    person: Person,
    *,
    reason: str,
    last_day: date | None = None,
    by: Person | None = None,
    at: datetime | None = None,
) -> Person:
    """Somebody leaves the company: posts end, the account closes, the name stays on what he did."""
    at = at or clock.now()
    last_day = last_day or clock.day_of(at)
    person = _locked(person)
    require_keeper(by, None)
    if last_day > clock.day_of(at):
        raise refuse(N_("离职日不能晚于今天"), field="last_day", instead=N_("请在当天办理"))
    for held in person.appointments.filter(until__isnull=True):
        end_appointment(held, last_day=last_day, reason=reason, by=by, at=at)
    person.active = False
    person.save(update_fields=["active"])
    person.user.is_active = False
    person.user.save(update_fields=["is_active"])
    journal.record("person.left", person, by=by, at=at, reason=reason)
    bump()
    return person


@one_act
def appoint(
    person: Person,
    post: Post,
    *,
    since: date | None = None,
    main: bool = True,
    by: Person | None = None,
    at: datetime | None = None,
) -> Appointment:
    """Give somebody a post; a new main post ends the old one the day before."""
    at = at or clock.now()
    since = since or clock.day_of(at)
    person = _locked(person)
    post = Post.objects.select_related("unit").select_for_update().get(pk=post.pk)
    require_keeper(by, post.unit)
    _require_appointable(person, post, since)
    if main:
        for held in person.appointments.filter(main=True, until__isnull=True):
            if held.since >= since:
                raise refuse(
                    N_("%(person)s的主职自%(day)s起，新任命须晚于此日"),
                    field="since",
                    person=person.name,
                    day=held.since.isoformat(),
                )
            end_appointment(held, last_day=since - timedelta(days=1), reason="", by=by, at=at)
    held = Appointment.objects.create(person=person, post=post, main=main, since=since)
    journal.record(
        "appointment.made", held, by=by, at=at, matter=person, post=post.pk,
        since=since.isoformat(), main=main,
    )  # fmt: skip
    bump()
    return held


def _require_appointable(person: Person, post: Post, since: date) -> None:
    if not person.active:
        raise refuse(N_("%(person)s已离职"), field="person", person=person.name)
    if post.unit.until is not None:
        raise refuse(N_("“%(unit)s”已撤销"), field="post", unit=post.unit.name)
    rival = person.appointments.filter(Q(until__isnull=True) | Q(until__gte=since), post=post)
    if rival.exists():
        raise refuse(
            N_("%(person)s在此期间已担任“%(post)s”"),
            field="post",
            person=person.name,
            post=post.title,
        )


@one_act
def end_appointment(
    appointment: Appointment,
    *,
    reason: str,
    last_day: date | None = None,
    by: Person | None = None,
    at: datetime | None = None,
) -> Appointment:
    """Somebody gives up a post; `last_day` is still worked."""
    at = at or clock.now()
    last_day = last_day or clock.day_of(at)
    held = Appointment.objects.select_for_update().get(pk=appointment.pk)
    require_keeper(by, held.post.unit)
    if held.until is not None:
        raise refuse(N_("该任命已于%(day)s结束"), day=held.until.isoformat())
    if last_day < held.since:
        raise refuse(N_("结束日不能早于开始日"), field="last_day")
    held.until = last_day
    held.save(update_fields=["until"])
    journal.record(
        "appointment.ended", held, by=by, at=at, matter=held.person,
        until=last_day.isoformat(), reason=reason,
    )  # fmt: skip
    bump()
    return held


def _locked(person: Person) -> Person:
    return Person.objects.select_for_update().get(pk=person.pk)
