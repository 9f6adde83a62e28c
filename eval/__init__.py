"""The evaluation harness: cases, suites, scorers, runs and gates."""
