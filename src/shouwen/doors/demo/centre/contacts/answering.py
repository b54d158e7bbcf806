"""What the customer is told, by the way on which he came; and what he says to it."""

from shouwen.doors.demo.centre.gateways import no_letter_leaves
from shouwen.ground.org.models import Person
from shouwen.work.cases.centre import replying
from shouwen.work.cases.models import Case
from shouwen.work.mail import actions as mail
from shouwen.work.reception import actions as reception
from shouwen.work.ways import filing

from . import letters
from .coming import Story

THANKS = "收到，谢谢你们，处理得很快。"


def answer(story: Story, case: Case, text: str, *, definite: bool = True, by: Person) -> None:
    """Tell him: by letter whoever wrote one, on the portal whoever filed there, else by phone."""
    way = story.plan.way
    if way == "mail":
        mail.reply(story.spoken, text, definite=definite, by=by)
        no_letter_leaves(story.gateways.mailbox)
    elif way in ("letter", "fax"):
        _post(story, text, definite, by)
    elif way == "web":
        filing.answer(story.spoken, text, by=by, definite=definite)
    else:
        replying.reply(case, text, definite=definite, by=by)


def _post(story: Story, text: str, definite: bool, by: Person) -> None:
    asked = story.letter
    assert asked is not None
    said = reception.Answer(
        asked.channel, asked.party, f"复：{asked.subject}", text, address=asked.address,
        fax_number=asked.fax_number, definite=definite,
    )  # fmt: skip
    reply = reception.write_reply(asked, said, by=by)
    number = "" if asked.channel == "fax" else f"SF{810000 + story.plan.index * 13}"
    reception.dispatch(reply, courier="顺丰" if number else "", courier_number=number, by=by)


def say_back(story: Story) -> None:
    """A customer who wrote presses reply, one on the portal gives his verdict."""
    if story.plan.way == "mail":
        box = story.gateways.mailbox
        ours = story.spoken.raw_mails.get()
        said = letters.letter(
            story.customer, box, f"回复: {story.plan.saying.title}", THANKS,
            answers=letters.answer_of_ours(ours),
        )  # fmt: skip
        letters.deliver(box, said)
    elif story.plan.way == "web":
        filing.judge(story.spoken, True, "办得很快。")
