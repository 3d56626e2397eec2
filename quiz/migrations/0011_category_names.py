"""A category's names become a map of language to name, so that a further language needs no column."""

from django.db import migrations, models

LANGUAGES = ("en", "ru", "uk")


def into_the_map(apps, schema_editor):
    category = apps.get_model("quiz", "Category")
    rows = list(category.objects.all())
    for row in rows:
        row.names = {code: name for code in LANGUAGES if (name := getattr(row, f"name_{code}"))}
    category.objects.bulk_update(rows, ["names"], batch_size=500)


def into_columns(apps, schema_editor):
    category = apps.get_model("quiz", "Category")
    rows = list(category.objects.all())
    for row in rows:
        for code in LANGUAGES:
            setattr(row, f"name_{code}", row.names.get(code, ""))
    category.objects.bulk_update(rows, [f"name_{code}" for code in LANGUAGES], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("quiz", "0010_history")]

    operations = [
        migrations.AddField(
            "category",
            "names",
            models.JSONField(default=dict, help_text='Language to name: {"en": "Capitals", "ru": "Столицы"}'),
        ),
        migrations.RunPython(into_the_map, into_columns),
        migrations.RemoveField("category", "name_en"),
        migrations.RemoveField("category", "name_ru"),
        migrations.RemoveField("category", "name_uk"),
    ]
