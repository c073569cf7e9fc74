"""Reports out: Word, Excel, HTML and JSON, with their charts."""
