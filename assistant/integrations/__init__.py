"""Replywright inside other people's programs: a file for each library."""
