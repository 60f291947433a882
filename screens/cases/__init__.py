"""Cases: the form (F4), ratings and ideas (F5), the queue and one case (F6), abnormal deduction (F9), reports."""
