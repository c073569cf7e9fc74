"""What rule packs hold for which capability; light, so that every verb can ask."""

LISTS = ("must_keep", "must_go")
"""Lists of channels' ids that a county's pack may give."""
