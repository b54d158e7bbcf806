"""Letters that go out: answers and receipts, how they leave, and what comes back."""
