"""Pictures that customers send along: drawn once, small, and plainly not of a real place."""

from functools import cache

from django.core.files.base import ContentFile

from shouwen.doors.demo.scans import Colour, drawn

WIDTH, HEIGHT = 320, 240
WALL, FLOOR, LAMP = Colour(0xCF, 0xC8, 0xBB), Colour(0x7D, 0x78, 0x70), Colour(0xF4, 0xE9, 0xB8)
DOOR, STAIN, WATER = Colour(0x6A, 0x55, 0x43), Colour(0xA3, 0x93, 0x74), Colour(0x8F, 0xA7, 0xB3)


def photo(number: int) -> "ContentFile[bytes]":
    """A corridor with a stain on its wall, or with water on its floor."""
    return ContentFile(_picture(number % 2), name=("渗水.png", "积水.png")[number % 2])


@cache
def _picture(number: int) -> bytes:
    return drawn(WIDTH, HEIGHT, _stain if number == 0 else _puddle)


def _corridor(x: int, y: int) -> Colour:
    if 130 <= x <= 190 and 70 <= y <= 175:
        return DOOR
    if 145 <= x <= 175 and y <= 12:
        return LAMP
    return FLOOR if y > 175 + abs(x - 160) // 8 else WALL


def _stain(x: int, y: int) -> Colour:
    away = ((x - 240) / 50) ** 2 + ((y - 60) / 34) ** 2 + ((x * 7 + y * 13) % 11) / 60
    return STAIN if away < 1 else _corridor(x, y)


def _puddle(x: int, y: int) -> Colour:
    away = ((x - 110) / 80) ** 2 + ((y - 215) / 17) ** 2
    return WATER if away < 1 else _corridor(x, y)
