"""Files from outside: examined before anybody can open them, kept once, served as downloads.

What a file is called says nothing; its content says what it is.
"""

from .serving import download
from .verbs import attach, remove_attachment

__all__ = ["attach", "download", "remove_attachment"]
