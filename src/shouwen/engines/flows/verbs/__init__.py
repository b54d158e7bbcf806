"""What people do: each verb is one transaction and one fact."""
