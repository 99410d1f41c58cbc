"""Index history: lookups, comparison, rank, trend and predikat."""
