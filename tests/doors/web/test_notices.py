"""The bell counts, leads on, and is quiet while nothing is new."""

from shouwen.engines.notices import actions as notices
from shouwen.engines.notices import queries


def tell(cast, key: str = "k", **more) -> None:
    message = "客诉 260307 待核决"
    notices.tell([cast.sales], message, about=cast.sales, key=key, link="/keys/", **more)


def test_the_bell_counts_and_the_page_shows(cast, enter):
    tell(cast, "a")
    tell(cast, "b")
    browser = enter("sales")
    assert 'class="bell-count"' in browser.get("/").content.decode()
    text = browser.get("/notices/").content.decode()
    assert text.count("客诉 260307 待核决") == 2
    assert text.count("notice-unread") == 2


def test_following_one_reads_it_and_leads_on(cast, enter):
    tell(cast)
    (notice,) = queries.inbox(cast.sales)
    answer = enter("sales").get(f"/notices/{notice.pk}/")
    assert answer["Location"] == "/keys/"
    assert queries.unread_count(cast.sales) == 0


def test_asking_again_costs_nothing_while_nothing_is_new(cast, enter):
    browser = enter("sales")
    assert browser.get("/notices/bell/?n=0").status_code == 204
    tell(cast)
    answer = browser.get("/notices/bell/?n=0")
    assert answer.status_code == 200
    assert "?n=1" in answer.content.decode()


def test_all_can_be_read_at_once(cast, enter):
    tell(cast, "a")
    tell(cast, "b")
    enter("sales").post("/notices/read/")
    assert queries.unread_count(cast.sales) == 0


def test_only_the_unread_when_asked(cast, enter):
    tell(cast, "a")
    notices.mark_read(cast.sales)
    tell(cast, "b")
    text = enter("sales").get("/notices/?unread=1").content.decode()
    assert text.count("客诉 260307 待核决") == 1


def test_nobody_reads_anothers(cast, enter):
    tell(cast)
    (notice,) = queries.inbox(cast.sales)
    assert "客诉 260307 待核决" not in enter("quality").get("/notices/").content.decode()
    assert enter("quality").get(f"/notices/{notice.pk}/").status_code == 404
