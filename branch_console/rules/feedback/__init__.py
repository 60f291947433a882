"""What customers say as a whole: topics by a lexicon, what is new, ratings with intervals, the meeting's pack."""
