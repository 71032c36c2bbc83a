"""Signs of life of worker processes."""

from django.db import migrations, models

from stoppress.lib import clock


class Migration(migrations.Migration):
    """One row for each process."""

    dependencies = [("newsroom", "0007_looks")]

    operations = [
        migrations.CreateModel(
            name="Pulse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, unique=True)),
                ("version", models.CharField(max_length=120)),
                ("since", models.DateTimeField(default=clock.now)),
                ("at", models.DateTimeField(default=clock.now)),
                ("jobs", models.JSONField(default=dict)),
            ],
            options={"db_table": "pulse"},
        ),
    ]
