"""What scenarios say of taboo phrases, records of enquiries, knowledge, summaries and bulletins."""

from django.db import Error, connection, transaction

from shouwen.ground.foundation import clock
from shouwen.ground.org.models import Person, Unit
from shouwen.work.cases.models import Case
from shouwen.work.customers.models import Customer
from shouwen.work.interactions import actions as interactions
from shouwen.work.knowledge import articles, bulletins, shifts, summaries, taboo
from shouwen.work.knowledge.models import Article, Bulletin, ShiftCheck, Summary, TabooHit


def add_taboo(division: Unit, phrase: str, instead: str = "我来为您了解", *, by: Person) -> object:
    """A phrase is put on the list."""
    return taboo.add_phrase(division, phrase, instead=instead, by=by)


def find_taboo() -> int:
    """The next look at what was recorded; gives how often a phrase was found in all."""
    taboo.find_spoken(clock.now())
    return TabooHit.objects.count()


def take_enquiries(
    division: Unit, customer: Customer, n: int, nature: str = "enquiry", *, by: Person
) -> None:
    """So many users ask something, and nobody makes a record of it yet."""
    for place in range(n):
        draft = interactions.Draft(
            division, f"停车证怎么办理？（第{place + 1}位）", nature=nature, customer=customer,
            name="安然", phone="13800138101",
        )  # fmt: skip
        interactions.record_interaction(draft, by=by)


def close_shift(division: Unit) -> ShiftCheck:
    """The look that counts the day that has closed; gives its count."""
    shifts.check_shifts(clock.now())
    return ShiftCheck.objects.filter(division=division).latest("day")


def write_article(case: Case, question: str, answer: str, *, by: Person) -> Article:
    """An article is made from a matter."""
    return articles.write(case, articles.Wording(question, answer), by=by)


def draw_up_summary(division: Unit, period: str, *, by: Person) -> Summary:
    """The consultations of a quarter are counted."""
    return summaries.draw_up(division, period, by=by)


def decide_bulletin(
    summary: Summary, title: str, text: str, asked: Case | None = None, *, by: Person
) -> Bulletin:
    """The director chooses one topic, for what was asked in a consultation."""
    cases = [asked.pk] if asked else []
    return bulletins.decide(summary, [bulletins.TopicDraft(title, text, cases=cases)], by=by)


def board_of(division: Unit) -> int:
    """How many topics hang on the board today."""
    return bulletins.published_topics(division).count()


def summary_changed(summary: Summary) -> bool:
    """Whether somebody with the keys of the database could change a submitted summary."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE knowledge_summary SET comment = 'x' WHERE id = %s", [summary.pk])
    except Error:
        return False
    return True


WORDS = {
    "add_taboo": add_taboo,
    "find_taboo": find_taboo,
    "take_enquiries": take_enquiries,
    "close_shift": close_shift,
    "write_article": write_article,
    "confirm_article": articles.confirm,
    "draw_up_summary": draw_up_summary,
    "submit_summary": summaries.submit,
    "decide_bulletin": decide_bulletin,
    "publish_bulletin": bulletins.publish,
    "board_of": board_of,
    "summary_changed": summary_changed,
}
