"""A picture of a screen in at most 256 colours: a third of the size, the same to the eye.

The browser that took it reads its pixels; nothing else on the machine needs to know PNG.
"""

import base64
import struct
import zlib
from typing import Any

COLOURS = 256
READ = """async ([picture, most]) => {
  const raw = Uint8Array.from(atob(picture), (one) => one.charCodeAt(0));
  const image = await createImageBitmap(new Blob([raw], { type: "image/png" }));
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const pixels = context.getImageData(0, 0, image.width, image.height).data;
  const count = new Map();
  const at = (i) => (pixels[i] << 16) | (pixels[i + 1] << 8) | pixels[i + 2];
  for (let i = 0; i < pixels.length; i += 4) count.set(at(i), (count.get(at(i)) || 0) + 1);
  const known = [...count.entries()].sort((a, b) => b[1] - a[1]).map(([key]) => key);
  /* A little red among much grey would lose its colour: a third of the places is for colours. */
  const vivid = (key) => { const parts = [key >> 16, (key >> 8) & 255, key & 255]; return Math.max(...parts) - Math.min(...parts) > 48; };
  const often = known.slice(0, most - Math.floor(most / 3));
  const seen = new Set(often);
  const palette = [...often, ...known.filter((key) => !seen.has(key) && vivid(key)), ...known.filter((key) => !seen.has(key) && !vivid(key))].slice(0, most);
  const place = new Map(palette.map((key, index) => [key, index]));
  const far = (a, b) => ((a >> 16) - (b >> 16)) ** 2 + (((a >> 8) & 255) - ((b >> 8) & 255)) ** 2 + ((a & 255) - (b & 255)) ** 2;
  const nearest = (key) => {
    let best = 0;
    palette.forEach((one, index) => { if (far(one, key) < far(palette[best], key)) best = index; });
    place.set(key, best);
    return best;
  };
  const rows = new Uint8Array(pixels.length / 4);
  for (let i = 0; i < rows.length; i++) { const key = at(i * 4); rows[i] = place.get(key) ?? nearest(key); }
  let text = "";
  for (let i = 0; i < rows.length; i += 32768) text += String.fromCharCode(...rows.subarray(i, i + 32768));
  return [image.width, image.height, palette, btoa(text)];
}"""  # noqa: E501 - a page's script


def smaller(browser: Any, picture: bytes) -> bytes:
    """The same picture in its most frequent colours, the others by the nearest of them."""
    page = browser.new_page()
    try:
        given = [base64.b64encode(picture).decode(), COLOURS]
        width, height, palette, pixels = page.evaluate(READ, given)
    finally:
        page.close()
    rows = base64.b64decode(pixels)
    lines = b"".join(b"\0" + rows[at : at + width] for at in range(0, len(rows), width))
    colours = b"".join(key.to_bytes(3, "big") for key in palette)
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    chunks = [
        (b"IHDR", header),
        (b"PLTE", colours),
        (b"IDAT", zlib.compress(lines, 9)),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
