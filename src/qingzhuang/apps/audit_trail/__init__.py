"""What was done, by whom and when: rows that are only ever added, and chained so that none can be changed unseen."""
