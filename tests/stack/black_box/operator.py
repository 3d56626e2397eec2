"""The demo operator in the admin, as a browser without scripts: pages, forms, actions."""

import json
import re

import requests

from tests.stack.product import Product


class Operator:
    """Logged in; a form that is refused raises `AssertionError`."""

    def __init__(self, stack: Product) -> None:
        self.url = f"{stack.url}/admin/"
        self.session = requests.Session()
        login = json.loads((stack.var / "operator.json").read_text())
        self.page("login/")
        self.post("login/", username=login["name"], password=login["password"], next="/admin/")
        assert "sessionid" in self.session.cookies

    def page(self, path: str, **query: str) -> requests.Response:
        """GET of a page of the admin; it must be there."""
        response = self.session.get(self.url + path, params=query, timeout=20)
        assert response.status_code == 200, (path, response.status_code)
        return response

    def post(self, path: str, **form: object) -> requests.Response:
        """A form, sent to a page of the admin; what it answers, redirects followed."""
        token = {"csrfmiddlewaretoken": self.session.cookies["csrftoken"]}
        response = self.session.post(self.url + path, data=form | token, timeout=20)
        assert response.status_code == 200, (path, response.status_code)
        assert "errornote" not in response.text
        return response

    def act(self, path: str, action: str, pk: int, **form: object) -> requests.Response:
        """An action of a list, on one row."""
        return self.post(path, action=action, _selected_action=pk, **form)

    def ban(self, user: int, reason: str) -> None:
        """Shut a user out; the page that asks for the reason comes first."""
        asked = self.act("accounts/user/", "ban", user)
        assert re.search(r'name="reason"', asked.text)
        self.act("accounts/user/", "ban", user, confirmed="yes", reason=reason)

    def unban(self, user: int) -> None:
        """Let a user in again."""
        self.act("accounts/user/", "unban", user)
