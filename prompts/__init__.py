"""Versioned prompt templates, rendered in a sandbox and known by their digest. The first ones come with the chat models."""
