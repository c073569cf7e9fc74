"""The rules themselves, as data: one folder per policy document, each rule with its citation.

`base` is always in force; the others are local packs that a county switches on by name or lays over with its own (`--rules`).
"""
