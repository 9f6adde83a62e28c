"""Shapes in a text that mean the same however they are written: numbers, amounts, dates."""
