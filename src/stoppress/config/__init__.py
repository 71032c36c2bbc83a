"""How a process is set up: the environment, Django's settings, the WSGI door. May import everything."""
