"""What a message points at and nobody here can see."""

import regex

from assistant.context import PublicView

SHORT_MESSAGE = 20
"""Words up to which a message that comes with a picture says too little without it."""

_PICTURE = r"(?:pic|pics|picture|photo|screenshot|image)"
_LOOK = regex.compile(rf"\b(?:see|look at|check|{_PICTURE})\b.{{0,20}}\b(?:{_PICTURE}|this|below|attached)\b", regex.I)


def unseen(view: PublicView) -> bool:
    """Whether a short message points at something that can't be seen here: then it is asked about, not guessed at."""
    shown = bool(view.attachments) or _LOOK.search(view.message, timeout=0.2) is not None
    return shown and len(view.message.split()) <= SHORT_MESSAGE
