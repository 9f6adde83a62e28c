"""What the pytest plugin is made of: its settings, its tests, and what they say when they fail."""
