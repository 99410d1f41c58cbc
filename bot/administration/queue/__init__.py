"""What the bot could not answer: grouped, decided, answered, and told to who waits for it."""
