"""Print the address of a PostgreSQL for the tests, or say why there is none and exit 1."""

import os
import sys

import psycopg

TRIED = (
    "postgres://postgres@127.0.0.1:5432/shouwen",
    "postgres://shouwen:shouwen@127.0.0.1:5432/shouwen",
)


def main() -> int:
    """The first address that answers and may create databases."""
    given = os.environ.get("TEST_DATABASE_URL", "")
    why = "none was given"
    for url in [given] if given.startswith("postgres") else TRIED:
        server = url.rpartition("/")[0] + "/postgres"
        try:
            with psycopg.connect(server.replace("postgres://", "postgresql://", 1)):
                print(url)
                return 0
        except psycopg.OperationalError as error:
            why = str(error).strip().splitlines()[0]
    print("=" * 78, file=sys.stderr)
    print(f"PostgreSQL: SKIPPED, no server is reachable ({why}).", file=sys.stderr)
    print("Name one in TEST_DATABASE_URL=postgres://user:password@host:5432/name", file=sys.stderr)
    print("=" * 78, file=sys.stderr)
    return 1 if not given else 2


if __name__ == "__main__":
    sys.exit(main())
