from django.db import migrations, models
from django.db.models.functions import Now


def confirm_what_is_there(apps, schema_editor):
    """Every address that is there was its account's alone, and log-in and reset went by it. It stays so: left
    unconfirmed, anybody could take both away from its owner by registering with the same address.
    """
    users = apps.get_model("accounts", "User").objects
    users.filter(email_key__isnull=False).update(email_confirmed_at=Now())


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_session_epoch'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='email_confirmed_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='e-mail confirmed at'),
        ),
        migrations.AddField(
            model_name='user',
            name='new_email',
            field=models.EmailField(blank=True, editable=False, max_length=254, verbose_name='e-mail that waits for its link'),
        ),
        migrations.AlterField(
            model_name='user',
            name='email_key',
            field=models.CharField(db_index=True, editable=False, max_length=255, null=True),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.UniqueConstraint(condition=models.Q(('email_confirmed_at__isnull', False)), fields=('email_key',), name='accounts_user_confirmed_email'),
        ),
        migrations.RunPython(confirm_what_is_there, migrations.RunPython.noop, elidable=True),
    ]
