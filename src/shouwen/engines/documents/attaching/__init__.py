"""Files from outside: examined before anybody can open them, kept once, served as downloads.

What a file is called says nothing; its content says what it is.
"""

from .scanning import ScannerSilent
from .serving import download
from .verbs import Examined, attach, examined, keep, remove_attachment

__all__ = [
    "Examined",
    "ScannerSilent",
    "attach",
    "download",
    "examined",
    "keep",
    "remove_attachment",
]
