"""Cases: complaints, abnormal deductions, suggestions, praise, inquiries, reports, and ratings."""
