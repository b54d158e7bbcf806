"""`python -m bench.shouwen_loader --cases N [--skew] [--seed S]`: fill the product's database."""

import argparse
import os
import time

import django


def main() -> None:
    """Read the command line and load."""
    parser = argparse.ArgumentParser(prog="bench.shouwen_loader", description=__doc__)
    parser.add_argument(
        "--cases", type=int, required=True, help="0: only what stands at the end of a load"
    )
    parser.add_argument("--skew", action="store_true", help="one customer, one unit with far more")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--few", action="store_true", help="a few kinds of cases only")
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwen.config.settings")
    django.setup()
    _load(asked)


def _load(asked: argparse.Namespace) -> None:
    from django.db import connection

    from . import archetypes, loading

    if connection.vendor != "postgresql":
        raise SystemExit("PostgreSQL only: set DATABASE_URL=postgres://…")
    if asked.cases == 0:
        loading.end_again()
        return
    began = time.monotonic()
    wish = loading.Wish(asked.cases, skew=asked.skew, seed=asked.seed)
    kinds = archetypes.FEW if asked.few else archetypes.ALL
    done = loading.load(wish, kinds, lambda text: print(text, flush=True))
    seconds = time.monotonic() - began
    print(f"{done.cases} cases, {done.rows} rows in {seconds:.0f} s")


if __name__ == "__main__":
    main()
