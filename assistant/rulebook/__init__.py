"""What an owner does with rules: list, change, try, test on replies of the past, propose, activate.

Nothing here knows of the web. A change is a value; what it would do is read from a copy of the brand's folder by the
same code that reads the real one, so nothing can be tried that could not be activated.
"""
