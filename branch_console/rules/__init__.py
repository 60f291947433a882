"""Pure rules: values in, values out. No I/O, no wall clock, no screens, no SQL."""
