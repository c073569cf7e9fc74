"""Which rule packs an installation judges by."""
