"""The words for every fact of the journal, by what it is about; `saying` reads them out.

A fact has its words once, whichever rooms show it: naming it again is a mistake and refused.
"""

from . import (
    callbacks,
    care,
    centre,
    complaints,
    conduct,
    contacts,
    customers,
    knowledge,
    mail,
    reception,
    reports,
    surveys,
)

__all__ = [
    "callbacks",
    "care",
    "centre",
    "complaints",
    "conduct",
    "contacts",
    "customers",
    "knowledge",
    "mail",
    "reception",
    "reports",
    "surveys",
]
