"""The kind of clause this engine owns, and the document it reads: `flow.yaml`."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from shouwen.ground.policy import kinds, parsers

from .definitions import Flow, parse


class FlowSpec(BaseModel):
    """What a clause says of a course: which stage or move, by whom, with what in hand.

    The course itself stands in `flow.yaml`; a test holds the two against each other.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    flow: str
    stage: str = ""
    stages: tuple[str, ...] = ()
    move: str = ""
    moves: tuple[str, ...] = ()
    by: str = ""
    needs: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    to: str = ""
    when: str = ""
    optional: bool = False
    not_signer_of: str = ""
    order: int | None = None
    owner: str = ""
    category: str = ""
    chosen_by: tuple[str, ...] = ()
    each_stage: str = ""
    form: str = ""
    copy_no: int | None = Field(default=None, alias="copy")
    signers: tuple[str, ...] = ()
    then: str = ""
    value: str = ""
    ratio_total: int | None = None


def parse_flows(raw: Any) -> Mapping[str, Flow]:
    """The flows of one `flow.yaml`: one, or a list of them."""
    flows = [parse(one) for one in (raw if isinstance(raw, list) else [raw])]
    twins = len(flows) - len({flow.flow for flow in flows})
    if twins:
        raise ValueError("a flow stands there twice")
    return {flow.flow: flow for flow in flows}


kinds.register("flow", FlowSpec, owner="engines.flows")
parsers.register("flow", parse_flows)
