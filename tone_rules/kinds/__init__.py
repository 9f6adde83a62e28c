"""The kinds of rule: one file each, joined in one tagged union."""
