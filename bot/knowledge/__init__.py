"""What the bot knows: files are read, checked and turned into an immutable snapshot."""
