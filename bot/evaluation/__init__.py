"""Measures how well the assistant answers a file of questions with checked gold."""
