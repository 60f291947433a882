"""What people tell in their own words: numbers of persons masked, duplicates found, words made searchable."""
