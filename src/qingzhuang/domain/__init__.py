"""What the words of the project mean: frozen data and pure functions over it, one folder or file a capability."""
