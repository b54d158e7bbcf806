"""This engine reads `forms.yaml` of every regulation, and owns what clauses say of papers."""

from pydantic import BaseModel, ConfigDict, Field

from shouwen.ground.policy import kinds, parsers

from .definitions import parse_forms


class DocumentSpec(BaseModel):
    """Which paper or register a clause speaks of, and what has to stand on it.

    What is enforced stands in the form itself; here the clause only points at it, and a clause of
    a paper that is not declared yet may say more than this engine reads.
    """

    model_config = ConfigDict(extra="allow", frozen=True)

    form: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    section: str | None = None
    by: str | None = None
    fields: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    copies: int | None = None
    holders: tuple[str, ...] = ()
    number: str | None = None
    internal: bool | None = None


class ChecklistSpec(BaseModel):
    """Which points of a paper are gone through one by one."""

    model_config = ConfigDict(extra="allow", frozen=True)

    form: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    section: str | None = None
    items: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()


parsers.register("forms", parse_forms)
kinds.register("document", DocumentSpec, owner="engines.documents")
kinds.register("checklist", ChecklistSpec, owner="engines.documents")
