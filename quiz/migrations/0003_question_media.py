"""Media of questions become files of our own; why a quiz ended becomes a code. No row loses anything: an address of
another site stays in its row, and no page shows it."""

from django.db import migrations, models

CODES = {"everybody left": "everybody_left", "nobody came": "nobody_came", "closed": "operator"}


def to_codes(apps, schema_editor):
    _replace(apps, CODES)


def to_words(apps, schema_editor):
    _replace(apps, {code: word for word, code in CODES.items()})


def _replace(apps, words):
    games = apps.get_model("quiz", "QuizGame").objects
    for old, new in words.items():
        games.filter(reason=old).update(reason=new)


class Migration(migrations.Migration):

    dependencies = [
        ('quiz', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='question',
            name='audio',
            field=models.FileField(blank=True, help_text='MP3, Ogg or M4A. Take its tags out before.', max_length=500, upload_to=''),
        ),
        migrations.AlterField(
            model_name='question',
            name='image',
            field=models.FileField(blank=True, help_text='JPEG, PNG or WebP; drawn anew when stored.', max_length=500, upload_to=''),
        ),
        migrations.AlterField(
            model_name='question',
            name='video',
            field=models.FileField(blank=True, help_text='MP4 or WebM. Take its tags out before.', max_length=500, upload_to=''),
        ),
        migrations.AlterField(
            model_name='quizgame',
            name='reason',
            field=models.CharField(help_text='Why it ended: finished, everybody_left, nobody_came, operator, lost.', max_length=40),
        ),
        migrations.RunPython(to_codes, to_words),
    ]
