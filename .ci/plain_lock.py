"""Take addresses out of package-lock.json: nobody's registry and nobody's donation page."""

import json
import sys
from pathlib import Path

path = Path(sys.argv[1])
lock = json.loads(path.read_text(encoding="utf-8"))
for package in lock["packages"].values():
    for key in ("funding", "resolved"):
        package.pop(key, None)
path.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
