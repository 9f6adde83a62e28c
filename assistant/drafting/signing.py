"""Who signs a reply."""

from assistant.context import PublicView


def signed(pattern: str | None, view: PublicView) -> str | None:
    """The signature of the agent who will approve; none where nobody is named."""
    if pattern is None or view.agent is None:
        return None
    name = view.agent.name
    initials = view.agent.initials or "".join(word[0] for word in name.split()).upper()
    return pattern.format(initials=initials, name=name, first_name=name.split()[0])
