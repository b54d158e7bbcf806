"""Pure Python every storey stands on: the clock, refusals, money. Imports nothing of ours, no Django."""
