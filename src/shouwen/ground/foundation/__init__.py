"""The clock, refusals, words, money: pure Python, imports nothing of ours, no Django."""
