"""Colours, typefaces and logo of a title, and the box that asks its readers for support."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0006_title_pages")]

    operations = [
        migrations.AddField("publisher", "theme", models.JSONField(blank=True, default=dict)),
        migrations.AddField("publisher", "logo", models.JSONField(blank=True, default=dict)),
        migrations.AddField(
            "publisher", "support_text", models.CharField(blank=True, default="", max_length=300)
        ),
        migrations.AddField(
            "publisher", "support_label", models.CharField(blank=True, default="", max_length=120)
        ),
        migrations.AddField(
            "publisher", "support_url", models.CharField(blank=True, default="", max_length=2000)
        ),
    ]
