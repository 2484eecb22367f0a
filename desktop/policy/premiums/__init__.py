"""What a member's premium is subsidised with."""
