"""Rooms get codes, and players a rating in each game: what was everybody's one rating was the quiz's."""

import secrets

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

RATING_START = 1500
LETTERS = "ACDEFHJKMNPRTWXY3479"


def give_codes(apps, schema_editor):
    room = apps.get_model("rooms", "Room")
    taken = set()
    for pk in list(room.objects.exclude(state="closed").values_list("pk", flat=True)):
        code = ""
        while not code or code in taken:
            code = "".join(secrets.choice(LETTERS) for _ in range(6))
        taken.add(code)
        room.objects.filter(pk=pk).update(code=code)


def give_ratings(apps, schema_editor):
    user, rating = apps.get_model("accounts", "User"), apps.get_model("rooms", "GameRating")
    rated = user.objects.exclude(rating=RATING_START).order_by("pk").values_list("pk", "rating")
    waiting = []
    for pk, value in rated.iterator(chunk_size=1000):
        waiting.append(rating(user_id=pk, game="quiz", rating=value))
        if len(waiting) == 1000:
            rating.objects.bulk_create(waiting)
            waiting = []
    rating.objects.bulk_create(waiting)


class Migration(migrations.Migration):

    dependencies = [
        ('rooms', '0010_history'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='GameRating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('game', models.CharField(max_length=32)),
                ('rating', models.IntegerField(default=1500)),
                ('updated_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'ordering': ['game', '-rating'],
            },
        ),
        migrations.AddField(
            model_name='room',
            name='code',
            field=models.CharField(blank=True, editable=False, max_length=6),
        ),
        migrations.AddField(
            model_name='room',
            name='listed',
            field=models.BooleanField(default=True, help_text='Shown in the lobby.'),
        ),
        migrations.AddField(
            model_name='room',
            name='shut',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AlterField(
            model_name='room',
            name='options',
            field=models.JSONField(blank=True, default=dict, help_text="The options as they were accepted, the game's and the room's."),
        ),
        migrations.AddConstraint(
            model_name='room',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('state', 'closed'), _negated=True), models.Q(('code', ''), _negated=True)), fields=('code',), name='room_open_code_once'),
        ),
        migrations.AddField(
            model_name='gamerating',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ratings', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='gamerating',
            index=models.Index(fields=['game', '-rating', '-id'], name='rating_best_of_game'),
        ),
        migrations.AddConstraint(
            model_name='gamerating',
            constraint=models.UniqueConstraint(fields=('user', 'game'), name='rating_once_a_game'),
        ),
        migrations.RunPython(give_codes, migrations.RunPython.noop),
        migrations.RunPython(give_ratings, migrations.RunPython.noop),
    ]
