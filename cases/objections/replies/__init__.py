"""What goes out to the debtor about an objection: replies, requests, the paper of authority."""
