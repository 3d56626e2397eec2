"""What was in the database before an update is there after it."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from accounts.models import User
from accounts.selectors import user_by_email

BEFORE = ("accounts", "0001_initial")


@pytest.mark.django_db(transaction=True)
def test_addresses_of_before_stay_their_owners(request):
    executor = MigrationExecutor(connection)
    latest = executor.loader.graph.leaf_nodes()
    request.addfinalizer(lambda: MigrationExecutor(connection).migrate(latest))
    executor.migrate([BEFORE])
    users = executor.loader.project_state([BEFORE]).apps.get_model("accounts", "User").objects
    users.create(name="olga", name_key="olga", email="Olga@example.org", email_key="olga@example.org")
    users.create(name="operator", name_key="operator", email="", email_key=None)
    users.create(name="evil.example.com", name_key="evil.example.com", email="e@example.org", email_key="e@example.org")

    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())

    kept = {user.name: (user.email, user.new_email, user.email_confirmed) for user in User.objects.all()}
    assert kept == {
        "olga": ("Olga@example.org", "", True),
        "operator": ("", "", False),
        "evil.example.com": ("e@example.org", "", True),
    }
    User.objects.create_user("squatter", "x", "olga@example.org")
    assert user_by_email("OLGA@example.org") == User.objects.get(name="olga")
