"""`shouwen database grants --role X`: the rights of the application's own role on PostgreSQL."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import connection, transaction
from django.utils.translation import gettext as _

from shouwen.doors.jobs.speaking import OperatorCommand
from shouwen.ground.journal import grants


class Command(OperatorCommand):
    """Run it as the role that owns the tables, again after each migration."""

    help = "Print (or --apply) the rights of a role that may not change the journal."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which role."""
        acts = parser.add_subparsers(dest="act", required=True)
        rights = acts.add_parser("grants", help="rights of the application's role")
        rights.add_argument("--role", required=True)
        rights.add_argument("--apply", action="store_true", help="run the statements at once")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the statements, or run them."""
        if connection.vendor != "postgresql":
            raise CommandError(_("只有 PostgreSQL 有角色；SQLite 由文件权限保护"))
        statements = list(grants.statements(options["role"]))
        if options["apply"]:
            with transaction.atomic(), connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
            self.stdout.write(_("角色 %(role)s 的权限已设好") % {"role": options["role"]})
        else:
            self.stdout.write("\n".join(f"{statement};" for statement in statements))
