"""Proof against invention: our summaries held against the official texts."""
