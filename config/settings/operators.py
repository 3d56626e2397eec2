"""How the operators' site looks."""

UNFOLD = {
    "SITE_TITLE": "Gamehub",
    "SITE_HEADER": "Gamehub",
    "SITE_SUBHEADER": "Operators",
    "SITE_SYMBOL": "stadia_controller",
    "SITE_URL": "/",
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": False,
}
