import stoppress.newsroom.models
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('newsroom', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='publisher',
            name='embed_providers',
            field=models.JSONField(default=stoppress.newsroom.models.every_provider),
        ),
    ]
