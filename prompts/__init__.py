"""Versioned prompt templates, rendered in a sandbox and known by their digest; chat models bring the first ones."""
