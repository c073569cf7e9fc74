"""The first page, and the pages that say that something is not there or not for you."""
