"""A browser without a screen: it reads a page and sends its form."""

import http.client
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings

CSRF = "c" * 32
Fields = dict[str, Any]


class Unanswered(Exception):  # noqa: N818 - what happened, as people say it
    """The server went away before it answered."""


class Poster:
    """One signed-in session at one server."""

    def __init__(self, address: str, session: str) -> None:
        self.host = urlsplit(address).netloc
        self.headers = {
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; csrftoken={CSRF}",
            "Content-Type": "application/x-www-form-urlencoded",
        }

    def get(self, path: str) -> str:
        """The page; raises Unanswered when there is none."""
        status, _where, page = self._send("GET", path, "")
        if status != 200:
            raise Unanswered(f"{path}: {status}")
        return page

    def post(self, path: str, fields: Fields) -> tuple[int, str, str]:
        """Status, where it leads, and the page."""
        body = urlencode({"csrfmiddlewaretoken": CSRF, **fields}, doseq=True)
        return self._send("POST", path, body)

    def _send(self, method: str, path: str, body: str) -> tuple[int, str, str]:
        line = http.client.HTTPConnection(self.host, timeout=20)
        try:
            line.request(method, path, body.encode(), self.headers)
            answer = line.getresponse()
            page = answer.read().decode()
        except (OSError, http.client.HTTPException) as error:
            raise Unanswered(f"{path}: {error}") from error
        finally:
            line.close()
        if answer.status >= 500:
            raise Unanswered(f"{path}: {answer.status}")
        return answer.status, answer.headers.get("Location", ""), page


def form_of(page: str, mark: str) -> Fields:
    """The token and the version that a form of the page carries; `mark` stands in its tag."""
    part = page.partition(mark)[2].partition("</form>")[0]
    found = dict(re.findall(r'name="(once|version)" value="([^"]*)"', part))
    assert "once" in found, f"no form with {mark} on the page"
    return found


def typed(data: Mapping[str, Any]) -> Fields:
    """What a verb takes, as a form sends it."""
    fields: Fields = {}
    for key, value in data.items():
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            for index, row in enumerate(value):
                fields |= {f"{key}.{index}.{column}": cell for column, cell in row.items()}
        elif isinstance(value, bool):
            fields |= {key: "on"} if value else {}
        elif value is not None:
            fields[key] = value
    return fields


def words_of(answer: Any) -> str:
    """A page without the random tokens of its forms, in which any two letters may stand."""
    return re.sub(r'(name="csrfmiddlewaretoken" value=")\w+"', r'\1"', answer.content.decode())
