"""What README quotes, each figure runnable by one command, beside its peers."""
