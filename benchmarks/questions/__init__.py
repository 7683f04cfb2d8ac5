"""How asking is measured; `make bench-questions` runs every part."""
