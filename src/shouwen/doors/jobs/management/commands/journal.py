"""`shouwen journal verify|seal|anchor`: prove that nothing was changed, removed or cut off."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from shouwen.doors.jobs.everyday import ANCHOR
from shouwen.doors.jobs.speaking import OperatorCommand
from shouwen.ground.foundation import clock
from shouwen.ground.journal import anchor, chain
from shouwen.ground.journal.models import Seal

BEHIND = timedelta(minutes=1)


class Command(OperatorCommand):
    """The chain over the journal, for auditors."""

    help = "Verify the journal's chain, seal what waits, show or accept the newest link."

    def add_arguments(self, parser: CommandParser) -> None:
        """One of three acts."""
        acts = parser.add_subparsers(dest="act", required=True)
        verify = acts.add_parser("verify", help="read the whole chain; exit 1 and a line per fault")
        verify.add_argument("--anchor", help='a link noted elsewhere: "number hash"')
        acts.add_parser("seal", help="chain everything that waits")
        show = acts.add_parser("anchor", help="print the newest link, to be kept elsewhere")
        show.add_argument(
            "--accept", action="store_true", help="note it here too, after a restored backup"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do one of them."""
        if options["act"] == "seal":
            sealed = chain.seal_all(look_back=None)
            self.stdout.write(_("封存 %(count)s 条") % {"count": sealed})
        elif options["act"] == "anchor":
            self._anchor(options["accept"])
        else:
            self._verify(options["anchor"])

    def _verify(self, noted: str | None) -> None:
        faults = [
            _("第 %(link)s 环(记录 %(entry)s)：%(what)s")
            % {"link": fault.seal_id, "entry": fault.entry_id, "what": _(fault.what)}
            for fault in chain.verify()
        ]
        faults += self._against(noted) + self._waiting()
        for line in faults:
            self.stdout.write(line)
        if faults:
            raise CommandError(_("发现 %(count)s 处问题") % {"count": len(faults)})
        self.stdout.write(_("%(count)s 环完整无缺") % {"count": Seal.objects.count()})

    def _against(self, noted: str | None) -> list[str]:
        """Faults that only a note outside the database shows."""
        try:
            link = anchor.parse(noted) if noted else anchor.read(ANCHOR)
        except ValueError as error:
            return [str(error)]
        if link is None or anchor.holds(link):
            return []
        gone = _("链上已没有第 %(number)s 环，或已不是原来的：链尾被截去或改写")
        return [gone % {"number": link.number}]

    def _waiting(self) -> list[str]:
        count = chain.count_waiting(before=clock.now() - BEHIND)
        return [_("%(count)s 条记录过了一分钟还未封存") % {"count": count}] if count else []

    def _anchor(self, accept: bool) -> None:
        link = anchor.newest()
        if link is None:
            raise CommandError(_("还没有封存过任何记录"))
        if accept:
            self._note(link, ANCHOR)
        self.stdout.write(str(link))

    def _note(self, link: anchor.Anchor, path: Path) -> None:
        before = path.read_text().strip() if path.exists() else _("无")
        anchor.write(link, path)
        self.stderr.write(_("原记的是：%(before)s") % {"before": before})
