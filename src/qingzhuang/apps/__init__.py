"""The web platform: one Django app per capability, named by what it keeps."""
