"""What a service centre does with a matter: taken from a contact, answered, handed on, joined."""
