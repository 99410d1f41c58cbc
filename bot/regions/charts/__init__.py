"""Pictures of index figures: what they show, how they are drawn, and the worker that draws."""
