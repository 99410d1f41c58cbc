"""What changes at run time: small documents in TinyDB, and append-only daily journals."""
