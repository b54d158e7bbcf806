"""The `shouwen` command: every command of the product, with the product's own settings."""

import os
import sys


def main() -> None:
    """Run one command; `shouwen help` lists them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwen.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
