"""How answering is measured; `make bench-moderation` runs every part."""
