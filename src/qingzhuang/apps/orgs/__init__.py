"""Units, people, posts and accounts: who there is, and who may do what."""
