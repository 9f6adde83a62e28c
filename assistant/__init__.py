"""Drafts personal public replies from a customer's context, checks them, and lets a person approve."""
