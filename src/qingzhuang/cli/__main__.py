"""`python -m qingzhuang.cli` is the command `qingzhuang`."""

from qingzhuang.cli import main

main()
