"""Who you are: the sign-in account. May import `lib` only."""
