"""From a question to ranked passages: fields, everyday questions, calibrated confidence."""
