"""When a field is asked for: `{field: value}`, `[values]`, `any` (filled in) or `unset`."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import StringConstraints

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Condition = dict[Key, Any]
Data = Mapping[str, Any]
ANY, UNSET = "any", "unset"


def is_empty(value: Any) -> bool:
    """Nothing was entered. `False` and 0 are answers."""
    return value is None or value == "" or value == [] or value == {}


def holds(condition: Condition, data: Data) -> bool:
    """True when every line of the condition is met; a box never ticked counts as `false`."""
    return all(_matches(wanted, data.get(key)) for key, wanted in condition.items())


def _matches(wanted: Any, value: Any) -> bool:
    if wanted == UNSET:
        return is_empty(value)
    if wanted == ANY:
        return not is_empty(value)
    if isinstance(wanted, list):
        return any(_matches(one, value) for one in wanted)
    if isinstance(wanted, bool):
        return bool(value) is wanted
    if isinstance(value, list):
        return wanted in value
    return bool(not is_empty(value) and str(value) == str(wanted))
