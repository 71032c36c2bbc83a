"""What other sites are told of a live blog and of each post, and the style sheet of their title."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("liveblogs", "0012_search_index")]

    operations = [
        migrations.AddField("page", "theme", models.CharField(default="", max_length=120)),
        migrations.AddField("page", "oembed", models.TextField(default="")),
        migrations.AddField("pagepost", "head_html", models.TextField(default="")),
        migrations.AddField("pagepost", "oembed", models.TextField(default="")),
    ]
