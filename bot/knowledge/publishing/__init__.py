"""Published states of the knowledge: revisions, changes to them, and the folder people edit."""
