from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0004_mine'),
        ('customers', '0001_initial'),
        ('org', '0002_no_overlap'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('kind', 'complaint'), ('severity', 3), ('state', 'open')), fields=['division', 'due_at', 'id'], name='case_open_serious'),
        ),
    ]
