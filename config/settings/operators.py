"""How the operators' site looks."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

UNFOLD = {
    "SITE_TITLE": "Gamehub",
    "SITE_HEADER": "Gamehub",
    "SITE_SUBHEADER": "Operators",
    "SITE_SYMBOL": "stadia_controller",
    "SITE_URL": "/",
    "SHOW_HISTORY": True,
    "ACCOUNT": {"navigation": [{"title": _("Second factor"), "link": reverse_lazy("admin:second_factor")}]},
    "SHOW_VIEW_ON_SITE": False,
}
