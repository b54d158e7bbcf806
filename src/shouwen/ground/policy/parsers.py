"""Who understands forms.yaml and flow.yaml: the engines, which stand above and register here.

A parser takes the whole document as plain data and returns its definitions by key. It complains
with `ValueError`: a pydantic error or `reading.WrongAt` is reported at its own line. Until a parser
is registered the definitions are the plain data.
"""

from collections.abc import Callable, Mapping
from typing import Any

from shouwen.ground.foundation.refusal import N_

from .reading import WrongAt

Parser = Callable[[Any], Mapping[str, Any]]
DOCUMENTS = ("forms", "flow")


def _plain_forms(raw: Any) -> Mapping[str, Any]:
    return dict(raw or {})


def _plain_flow(raw: Any) -> Mapping[str, Any]:
    """One flow, or a list of them, each naming itself by `flow`."""
    flows = raw if isinstance(raw, list) else [raw] if raw else []
    for index, flow in enumerate(flows):
        if not isinstance(flow, Mapping) or "flow" not in flow:
            raise WrongAt((index,) if isinstance(raw, list) else (), N_("缺少必填项“flow”"))
    return {flow["flow"]: flow for flow in flows}


_parsers: dict[str, Parser] = {"forms": _plain_forms, "flow": _plain_flow}


def register(document: str, parse: Parser) -> None:
    """Let an engine parse one document of every regulation: `forms` or `flow`."""
    if document not in DOCUMENTS:
        raise ValueError(f"no document {document!r}; there are {', '.join(DOCUMENTS)}")
    _parsers[document] = parse


def parse(document: str, raw: Any) -> Mapping[str, Any]:
    """The definitions of a document, by key."""
    return _parsers[document](raw)


def signature() -> tuple[str, ...]:
    """Changes whenever a parser is registered."""
    return tuple(
        f"{document}:{parser.__module__}.{parser.__qualname__}:{id(parser)}"
        for document, parser in _parsers.items()
    )
