"""Messages from somebody's file: which column is what, what the rows would become, and which rows can't be read."""

from assistant.web.intake.reading import Looked, Plan, read_file

__all__ = ["Looked", "Plan", "read_file"]
