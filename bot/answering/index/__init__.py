"""Questions about index history: what is asked, and its answer."""
