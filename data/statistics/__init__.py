"""Facts and tallies of the terminal's store, for figures: derived from the journal, kept, and made anew at any time."""
