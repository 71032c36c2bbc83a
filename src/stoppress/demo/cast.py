"""The people of The Harbour Ledger. They are invented, like their city. Called by `seed.py` and tests."""

from dataclasses import dataclass

from stoppress.newsroom.roles import Role

PUBLISHER = "The Harbour Ledger"
TIMEZONE = "Europe/Amsterdam"


@dataclass(frozen=True, slots=True)
class Person:
    """One of the staff; `key` is what the story files call them."""

    key: str
    name: str
    role: Role

    @property
    def email(self) -> str:
        """With what they sign in (RFC 2606: can never receive mail)."""
        return f"{self.key}@harbourledger.example"


CAST = (
    Person("marit", "Marit Oldenkamp", Role.REPORTER),
    Person("joris", "Joris Tamboer", Role.REPORTER),
    Person("nour", "Nour Sabbagh", Role.REPORTER),
    Person("hanneke", "Hanneke Roelvink", Role.EDITOR),
    Person("pim", "Pim Castelein", Role.PRODUCER),
    Person("ruth", "Ruth Amsing", Role.ADMIN),
)
