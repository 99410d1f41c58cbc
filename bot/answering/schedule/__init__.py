"""The desk of the calendar: stages of an evaluation, what is due, working days left."""
