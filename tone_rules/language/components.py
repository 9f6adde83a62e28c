"""What the saved pipeline names and spaCy must find by name before it is loaded."""


def register() -> None:
    """Make the components and layers known to spaCy."""
    from tone_rules.language import embedding, lemmas, tokens  # noqa: F401
