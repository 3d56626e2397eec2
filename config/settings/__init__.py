"""Django's settings, read from the typed environment (`config/env.py`) and from nowhere else.

`base` names the apps and paths, `stores` the database, Redis, Celery and mail, `api` what REST does by default,
`security` cookies, headers and passwords, `logs` the log, `operators` the admin's looks.
"""

from config.settings.api import *  # noqa: F403
from config.settings.base import *  # noqa: F403
from config.settings.logs import *  # noqa: F403
from config.settings.operators import *  # noqa: F403
from config.settings.security import *  # noqa: F403
from config.settings.stores import *  # noqa: F403
