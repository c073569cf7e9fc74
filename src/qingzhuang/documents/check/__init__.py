"""What the gate found, written down: for a terminal, as JSON, SARIF, a web page, and comments in the Word file itself."""
