from django.utils.translation import pgettext_lazy

from shouwen.doors.web import shell

# One regulation and the room of all of them are one word in Chinese and two in English.
shell.room(
    "regulations", pgettext_lazy("room", "制度"), "book-2", "regulations:list", 80, quick="r"
)
