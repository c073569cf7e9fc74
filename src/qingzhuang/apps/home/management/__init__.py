"""Commands of `qingzhuang manage`."""
