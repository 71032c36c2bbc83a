"""Takes the last migration of every room back, where it can be: `python -m tests.chaos.step_back`.

What is left is a newsroom as the version before made it. Prints how many steps were taken back.
"""

import os
import sys


def main() -> None:
    """STOPPRESS_DATA and STOPPRESS_DATABASE_URL name the newsroom."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "stoppress.config.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.exceptions import IrreversibleError
    from django.db.migrations.loader import MigrationLoader

    from stoppress.config.steps import steps

    taken = 0
    for app in sorted({app for app, _ in steps()}):
        names = sorted(name for at, name in MigrationLoader(connection).applied_migrations if at == app)
        if len(names) > 1:
            try:
                call_command("migrate", app, names[-2], interactive=False, verbosity=0)
                taken += 1
            except IrreversibleError:
                continue
    sys.stdout.write(f"{taken}\n")


if __name__ == "__main__":
    main()
