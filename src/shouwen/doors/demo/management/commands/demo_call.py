"""`shouwen demo_call`: a telephone system in small, which calls a server that runs."""

import json
import time
import urllib.error
import urllib.request
import uuid
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from shouwen.doors.api import tokens
from shouwen.doors.api.actions import Issued, create_client, revoke_client
from shouwen.doors.jobs.speaking import OperatorCommand
from shouwen.ground.foundation import clock
from shouwen.work.telephony.models import Extension

SECONDS = 10


class Command(OperatorCommand):
    """Rings, is answered, ends; each event is signed as the webhook wants it."""

    help = "Call an extension of a running server, as a telephone system would."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--to`, `--from`, how long it rings and lasts, and where the server is."""
        parser.add_argument("--to", required=True)
        parser.add_argument("--from", dest="caller", default="")
        parser.add_argument("--callee", default="")
        parser.add_argument("--rings", type=float, default=5)
        parser.add_argument("--lasts", type=float, default=20)
        parser.add_argument("--missed", action="store_true")
        parser.add_argument("--url", default=settings.BASE_URL)

    def handle(self, *args: Any, **options: Any) -> None:
        """A system of its own is let in for this call, and shut out when it is over."""
        if not settings.DEMO:
            raise CommandError(_("只在演示中模拟来电：请设 SHOUWEN_DEMO=1"))
        held = Extension.objects.filter(number=options["to"], until__isnull=True)
        row = held.select_related("division", "person").first()
        if row is None:
            raise CommandError(_("没有登记分机 %(number)s") % {"number": options["to"]})
        name = f"demo call {uuid.uuid4().hex[:8]}"
        issued = create_client(row.division, name, ["calls:write"], by=None)
        try:
            self._call(issued, options)
        finally:
            revoke_client(issued.client, by=None)

    def _call(self, issued: Issued, options: dict[str, Any]) -> None:
        call = {
            "call_id": uuid.uuid4().hex, "caller": options["caller"],
            "callee": options["callee"], "extension": options["to"],
        }  # fmt: skip
        self._tell(issued, options["url"], {**call, "event": "ringing"})
        time.sleep(options["rings"])
        if not options["missed"]:
            self._tell(issued, options["url"], {**call, "event": "answered"})
            time.sleep(options["lasts"])
        self._tell(issued, options["url"], {**call, "event": "ended"})

    def _tell(self, issued: Issued, url: str, event: dict[str, str]) -> None:
        body = json.dumps(event).encode()
        stamp = str(int(clock.now().timestamp()))
        request = urllib.request.Request(  # noqa: S310 - an address the operator gave
            f"{url.rstrip('/')}/api/v1/calls",
            data=body,
            headers={
                "Content-Type": "application/json",
                "X-Shouwen-Client": issued.client.prefix,
                "X-Shouwen-Timestamp": stamp,
                "X-Shouwen-Signature": tokens.signature(issued.signing_secret, stamp, body),
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
                told = json.load(answer)
        except urllib.error.URLError as error:
            raise CommandError(_("服务器没有接受来电：%(why)s") % {"why": error}) from error
        self.stdout.write(f"{event['event']}: {told['state']}")
        self.stdout.flush()
