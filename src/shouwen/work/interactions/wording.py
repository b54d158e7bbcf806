"""Words of the product itself that stand where a customer's would.

They are kept by their message id, like every message, and said in the language of whoever reads
them; what people said is nobody's to translate.

    BODY = own(N_("电话回访，已与客户通话；客户所说的见回访记录。"))
"""

_own: set[str] = set()


def own(message: str) -> str:
    """Say that a message is the product's, and give it back."""
    _own.add(message)
    return message


def is_own(words: str) -> bool:
    """Whether nobody but the product said so."""
    return words in _own
