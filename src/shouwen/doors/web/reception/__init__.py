"""Reception 接待: who is in the house, the visitor register, letters and faxes."""
