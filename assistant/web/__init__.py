"""The web page: an inbox, a checked editor, and the approval behind it."""
