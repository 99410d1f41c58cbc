"""What admins see and decide: the queue of unanswered questions, how the bot is used."""
