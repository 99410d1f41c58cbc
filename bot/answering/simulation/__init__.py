"""What-if: an index with other levels, and the fewest steps to a predikat."""
