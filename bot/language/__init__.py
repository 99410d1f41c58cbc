"""Indonesian as people type it: tokens, spellings, stems, references, regions and years."""
