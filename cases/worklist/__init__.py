"""What is to do: items of work, each with the reason why it stands there. Everybody may add one."""
