"""Rules, readings and measures of a reply. They know nothing of models, stores or the web."""
