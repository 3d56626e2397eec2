"""The operators' site: who gets in, and by what."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.contrib.auth.views import PasswordChangeView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django_otp import login as verify_session
from unfold.sites import UnfoldAdminSite

from accounts import places, second_factor
from accounts.errors import Busy, Later
from accounts.second_factor_forms import SecondFactorForm

View = Callable[..., HttpResponseBase]


class OperatorSite(UnfoldAdminSite):
    """unfold's, entered through our own count of wrong passwords, and by a second factor for those who have one."""

    login_template = "admin/operator_login.html"

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        from accounts.admin_forms import LoginForm  # needs the user model, which is not there yet when we are imported

        self.login_form = LoginForm

    def extra_urls(self) -> list[Any]:
        """unfold's hook for pages of ours."""
        return [path("second-factor/", self.second_factor_view, name="second_factor")]

    def has_permission(self, request: HttpRequest) -> bool:
        """An operator who has shown their second factor in this session, if they have one."""
        user: Any = request.user
        return super().has_permission(request) and (user.is_verified() or not second_factor.is_enrolled(user))

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """Where a second factor is required, whoever has none gets to no page but the one that enrols it."""
        inner = super().admin_view(view, cacheable)

        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            here = self.has_permission(request) and request.path not in self._open_to_all(request)
            if here and second_factor.is_missing(request.user):  # type: ignore[arg-type]
                return HttpResponseRedirect(reverse("admin:second_factor"))
            try:
                return inner(request, *args, **kwargs)
            except Later as later:
                return refusal(HttpResponse(str(later.message), content_type="text/plain"), later)

        return update_wrapper(checked, view)

    def _open_to_all(self, request: HttpRequest) -> tuple[str, ...]:
        return tuple(reverse(f"admin:{name}") for name in ("second_factor", "logout", "jsi18n"))

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The status says when somebody was turned away for now; who got in is remembered to have been here."""
        response: HttpResponse = super().login(request, extra_context)
        if isinstance(response, TemplateResponse):
            later = getattr(response.context_data["form"], "later", None) if response.context_data else None
            return refusal(response, later) if later else response
        if request.method == "POST":
            places.remember(request, response, request.user)  # type: ignore[arg-type]
        return response

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponseBase:
        """One's own password: wrong old ones count, and every token of the account is dead."""
        from accounts.admin_forms import OwnPasswordForm

        request.current_app = self.name
        view = PasswordChangeView.as_view(
            form_class=OwnPasswordForm,
            success_url=reverse("admin:password_change_done"),
            extra_context={**self.each_context(request), **(extra_context or {})},
        )
        return view(request)

    @property
    def second_factor_view(self) -> View:
        """The page that enrols and removes it, behind the site's own door."""
        return self.admin_view(csrf_protect(self._second_factor))

    def _second_factor(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        form = SecondFactorForm(user, request.POST or None)
        codes: list[str] = []
        if request.method == "POST" and form.is_valid():
            codes = form.save()
            if form.device is not None:
                verify_session(request, form.device)
            form = SecondFactorForm(user)
        enrolled = second_factor.is_enrolled(user)
        device = None if enrolled else second_factor.pending(user)
        context = {
            **self.each_context(request), "title": _("Second factor"), "form": form, "enrolled": enrolled,
            "required": second_factor.is_missing(user), "codes": codes, "device": device,
            "picture": device and second_factor.picture(device), "key": device and second_factor.key(device),
            "left": second_factor.recovery_codes_left(user),
            "may_remove": enrolled and not second_factor.is_required(),
        }  # fmt: skip
        status = 200 if form.later is None else 429
        return TemplateResponse(request, "admin/second_factor.html", context, status=status)


def refusal(response: HttpResponse, later: Later) -> HttpResponse:
    """The same page, saying when to come back."""
    response.status_code = 503 if isinstance(later, Busy) else 429
    response["Retry-After"] = str(later.retry_after_s)
    return response
