"""What other systems may ask and tell, one module a subject."""
