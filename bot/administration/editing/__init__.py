"""What admins send to change the knowledge: read, shown, corrected, published."""
