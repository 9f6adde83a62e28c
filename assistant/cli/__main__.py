"""`python -m assistant.cli` is the command `replywright`."""

from assistant.cli import main

main()
