"""Question and conversation in, cited answer out. Nothing here writes."""
