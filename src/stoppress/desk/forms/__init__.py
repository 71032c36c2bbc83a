"""What comes in from people: fields and JSON turned into what actions take. Called by the views."""
