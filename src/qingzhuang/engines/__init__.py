"""Mathematics without domain words: arrays, tables and plain values in and out."""
