"""Pictures for the documents are small and still true."""

from shouwen.doors.jobs.pictures.small_png import smaller

WORDS = "".join(f"<p style='opacity:{n / 40}'>首问 {n} 客诉</p>" for n in range(1, 40))
MARK = "<i style='display:block;width:3px;height:3px;background:#f00'></i>"


def test_a_picture_gets_smaller_and_keeps_a_little_red(browser):
    page = browser.new_page(viewport={"width": 400, "height": 900})
    page.set_content(f"<body style='background:#fafaf8'>{WORDS}{MARK}")
    page.evaluate("document.querySelector('i').scrollIntoView()")
    before = page.screenshot()
    page.close()
    after = smaller(browser, before)
    assert after.startswith(b"\x89PNG")
    assert after[16:24] == before[16:24]
    assert len(after) < len(before) * 0.8
    assert b"\xff\x00\x00" in after[: after.index(b"IDAT")]
