"""What can be done with a case now, as buttons and as the verbs they press."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwen.doors.web.refusals import Said, say
from shouwen.engines.flows import actions as flows
from shouwen.engines.flows import queries as flow_queries
from shouwen.engines.flows.circumstances import Circumstances
from shouwen.engines.flows.models import Delegation, Run, Signing
from shouwen.engines.flows.queries import Act
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person

TITLES = {
    "send_back": pgettext_lazy("button", "退回"),
    "withdraw": _("撤回"),
    "urge": _("催办"),
    "copy_to": _("抄送"),
    "hand_over": _("转办"),
    "delegate": _("委派"),
    "give_back": _("交回委派"),
    "ask_before": _("加签"),
    "switch_on": _("指定须经"),
    "skip_stage": _("无须经过"),
    "sign": _("同意签署"),
    "decline": pgettext_lazy("button", "不同意"),
    "drop_signer": _("减签"),
}
ICONS = {
    "send_back": "arrow-back-up",
    "withdraw": "arrow-back",
    "urge": "bell-ringing",
    "copy_to": "send",
    "hand_over": "user-share",
    "delegate": "user-plus",
    "give_back": "user-check",
    "ask_before": "writing-sign",
    "switch_on": "toggle-right",
    "skip_stage": "toggle-left",
    "sign": "signature",
    "decline": "x",
    "drop_signer": "user-minus",
}
FOR_SOMEBODY = frozenset({"copy_to", "hand_over", "delegate", "ask_before"})
HIDDEN_WHEN_REFUSED = frozenset({"withdraw", "urge", "skip_stage", "ask_before", "delegate"})
"""Buttons that only clutter the page for those who never press them."""


@dataclass(frozen=True)
class Button:
    """One act as the page shows it: pressed, or disabled with its reasons beside it."""

    act: Act
    reasons: list[Said]

    @property
    def kind(self) -> str:
        """Which verb."""
        return self.act.kind

    @property
    def title(self) -> Any:
        """The word on the button; a move has its own."""
        return TITLES.get(self.act.kind, self.act.title)

    @property
    def aim(self) -> Any:
        """What it aims at, beside the word: the stage to go back to."""
        return self.act.title if self.act.kind in TITLES and self.act.target else ""

    @property
    def icon(self) -> str:
        """Its sign."""
        return ICONS.get(self.act.kind, "arrow-right")

    @property
    def asks_person(self) -> bool:
        """Whether somebody has to be chosen."""
        return self.act.kind in FOR_SOMEBODY


@dataclass(frozen=True)
class Buttons:
    """The acts of a page: moves on first, then the others."""

    moves: list[Button]
    others: list[Button]


def buttons(run: Run, person: Person, c: Circumstances) -> Buttons:
    """Every button of the page of a run; those that are refused say why."""
    made = [
        Button(act, [say(reason) for reason in act.reasons])
        for act in flow_queries.what_can(run, person, c=c)
        if act.allowed or act.kind not in HIDDEN_WHEN_REFUSED
    ]
    moves = [one for one in made if one.kind == "move"]
    return Buttons(moves, [one for one in made if one.kind != "move"])


def press(run: Run, kind: str, target: str, post: QueryDict, by: Person) -> None:
    """Do what a button says. Raises Refused; an unknown button is refused too."""
    verb = _VERBS.get(kind)
    if verb is None:
        raise refuse(N_("没有这样的操作"))
    verb(run, target, post, by)


def _chosen(post: QueryDict) -> Person:
    try:
        return org.person(int(post.get("person", "")))
    except (ValueError, Person.DoesNotExist):
        raise refuse(N_("请选择一位同事"), field="person") from None


def _send_back(run: Run, target: str, post: QueryDict, by: Person) -> None:
    flows.send_back(run, target, by=by, reason=post.get("reason", ""))


def _withdraw(run: Run, target: str, post: QueryDict, by: Person) -> None:
    flows.withdraw(run, by=by, reason=post.get("reason", ""))


def _urge(run: Run, target: str, post: QueryDict, by: Person) -> None:
    flows.urge(run, by=by, text=post.get("reason", ""))


def _copy_to(run: Run, target: str, post: QueryDict, by: Person) -> None:
    flows.copy_to(run, [_chosen(post)], by=by, note=post.get("reason", ""))


def _hand_over(run: Run, target: str, post: QueryDict, by: Person) -> None:
    flows.hand_over(run, _chosen(post), by=by, reason=post.get("reason", ""))


def _delegate(run: Run, target: str, post: QueryDict, by: Person) -> None:
    flows.delegate(run, _chosen(post), by=by, reason=post.get("reason", ""))


def _give_back(run: Run, target: str, post: QueryDict, by: Person) -> None:
    lent = Delegation.objects.get(pk=int(target), step__run=run)
    flows.give_back(lent, by=by, opinion=post.get("reason", ""))


def _ask_before(run: Run, target: str, post: QueryDict, by: Person) -> None:
    flows.ask_before(run, _chosen(post), by=by, reason=post.get("reason", ""))


def _switch_on(run: Run, target: str, post: QueryDict, by: Person) -> None:
    flows.switch_on(run, target, by=by, reason=post.get("reason", ""))


def _skip_stage(run: Run, target: str, post: QueryDict, by: Person) -> None:
    flows.skip_stage(run, target, by=by, reason=post.get("reason", ""))


def _place(run: Run, target: str) -> Signing:
    return Signing.objects.select_related("round").get(pk=int(target), round__step__run=run)


def _sign(run: Run, target: str, post: QueryDict, by: Person) -> None:
    flows.sign(_place(run, target), by=by, opinion=post.get("reason", ""))


def _decline(run: Run, target: str, post: QueryDict, by: Person) -> None:
    flows.decline(_place(run, target), by=by, opinion=post.get("reason", ""))


def _drop_signer(run: Run, target: str, post: QueryDict, by: Person) -> None:
    flows.drop_signer(_place(run, target), by=by, reason=post.get("reason", ""))


_VERBS: dict[str, Callable[[Run, str, QueryDict, Person], None]] = {
    "send_back": _send_back,
    "withdraw": _withdraw,
    "urge": _urge,
    "copy_to": _copy_to,
    "hand_over": _hand_over,
    "delegate": _delegate,
    "give_back": _give_back,
    "ask_before": _ask_before,
    "switch_on": _switch_on,
    "skip_stage": _skip_stage,
    "sign": _sign,
    "decline": _decline,
    "drop_signer": _drop_signer,
}
