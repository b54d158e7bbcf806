"""What went wrong, as JSON: a code, a sentence, and every reason with its clause and field."""

import logging
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from shouwen.doors.web.refusals import say
from shouwen.ground.foundation.refusal import N_, Refused

logger = logging.getLogger(__name__)

SAID = {
    "missing": N_("缺少必填项"),
    "extra_forbidden": N_("没有这一项"),
    "string_too_long": N_("太长"),
    "string_too_short": N_("不能为空"),
    "literal_error": N_("不是可选的值"),
    "json_invalid": N_("请求不是有效的 JSON"),
}
"""Kinds of mistakes in a request; every other is of the wrong form."""


class Problem(Exception):  # noqa: N818 - it carries an answer out of the depths
    """Something that ends a request with this status."""

    def __init__(self, status: int, code: str, message: str, *, wait: int = 0) -> None:
        super().__init__(code)
        self.status, self.code, self.message, self.wait = status, code, message, wait


def answer(
    status: int, code: str, message: str, reasons: list[dict[str, Any]] | None = None
) -> JsonResponse:
    """The shape of every error."""
    error = {"code": code, "message": gettext(message), "reasons": reasons or []}
    response = JsonResponse({"error": error}, status=status)
    response["Cache-Control"] = "no-store"
    return response


def of_problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    """One of ours."""
    response = answer(problem.status, problem.code, problem.message)
    if problem.wait:
        response["Retry-After"] = str(problem.wait)
    if problem.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


def of_refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    """The regulation says no: 422 where a field is at fault, else 409."""
    reasons = []
    for reason in refused.reasons:
        said = say(reason)
        reasons.append(
            {"message": said.message, "clause": said.clause, "field": said.field,
             "instead": said.instead}
        )  # fmt: skip
    status = 422 if any(one["field"] for one in reasons) else 409
    return answer(status, "refused", N_("按规定未予办理"), reasons)


def of_shape(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """The request has not the form it must have; what was sent is not repeated."""
    reasons = [
        {
            "message": gettext(SAID.get(str(one.get("type")), N_("格式不对"))),
            "clause": "",
            "field": ".".join(str(step) for step in one.get("loc", ())[1:] if step != "payload"),
            "instead": "",
        }
        for one in error.errors[:20]
    ]
    return answer(422, "invalid", N_("请求的内容不合要求"), reasons)


def of_unknown(request: HttpRequest, error: Exception) -> HttpResponse:
    """Not there, or not for this client: the same answer."""
    return answer(404, "not_found", N_("没有找到"))


def of_http(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What the library itself turns away."""
    if isinstance(error, AuthenticationError):
        refused = Problem(401, "unauthorized", N_("请出示有效的令牌"))
        return of_problem(request, refused)
    if error.status_code == 400:
        return answer(400, "unreadable", N_("请求不是有效的 JSON"))
    return answer(error.status_code, "http_error", N_("请求未被接受"))


def of_mistake(request: HttpRequest, error: Exception) -> HttpResponse:
    """Our mistake: logged with its trace, told without it."""
    logger.exception("interface: %s %s", request.method, request.path)
    return answer(500, "broken", N_("系统出错了，已记录；请稍后再试"))


def register(api: NinjaAPI) -> None:
    """Answer everything that goes wrong in one shape."""
    handlers: dict[type[Exception], Any] = {
        Problem: of_problem,
        Refused: of_refusal,
        ValidationError: of_shape,
        Http404: of_unknown,
        HttpError: of_http,
        Exception: of_mistake,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def nothing(request: HttpRequest, path: str = "") -> HttpResponse:
    """An address of the interface that does not exist."""
    return of_unknown(request, Http404())
