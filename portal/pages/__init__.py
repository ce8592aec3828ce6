"""What creditors see and send, one module per subject, and the sign-in of everybody."""
