"""Operators' pages: users (and banning them), the ledger, tokens without their secrets."""

from typing import Any

import django_otp.plugins.otp_static.admin
import django_otp.plugins.otp_totp.admin  # noqa: F401 - these and knox's register pages that show secrets; ours replace
import knox.admin  # noqa: F401
from axes.admin import AccessAttemptAdmin, IsLockedOutFilter
from axes.models import AccessAttempt
from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from knox.models import AuthToken
from unfold.decorators import action, display

from accounts import second_factor, services, tokens
from accounts.admin_forms import BanForm, PasswordForm, UserAddForm, UserForm
from accounts.admin_lists import USER_FINDERS, QuickAdmin, named, whose, yes_or_no
from accounts.models import LedgerEntry, User

#: what a search for somebody finds, said in the pages
WHOSE = _("Name, e-mail (their beginning) or id of a player")


@admin.register(User)
class UserAdmin(QuickAdmin, DjangoUserAdmin):  # type: ignore[misc]
    """Users. Banning, shutting off, deleting and a new password take effect on the user's sockets at once."""

    form, add_form, change_password_form = UserForm, UserAddForm, PasswordForm
    list_display = (
        "name",
        "email",
        "shown_confirmed",
        "language",
        "account",
        "rating",
        "date_joined",
        "is_staff",
        "shown_banned",
    )
    list_filter = (
        yes_or_no(_("banned"), "banned", Q(banned_at__isnull=False)),
        *("is_staff", "is_active", "language", "date_joined"),
    )
    finders = USER_FINDERS
    search_help_text = WHOSE
    ordering = ("-date_joined", "-id")
    sortable_by = ("name", "date_joined")  # type: ignore[misc]
    readonly_fields = (
        "email_confirmed_at",
        "new_email",
        "account",
        "rating",
        "avatar",
        "banned_at",
        "ban_reason",
        "date_joined",
        "last_login",
    )
    filter_horizontal = ("groups", "user_permissions")
    actions = ("ban", "unban")
    actions_detail = ("ban_one", "unban_one")
    fieldsets = (
        (None, {"fields": ("name", "email", "email_confirmed_at", "new_email", "password", "language", "about",
                           "avatar")}),
        (_("Game"), {"fields": ("account", "rating")}),
        (_("Access"), {"fields": ("is_active", "banned_at", "ban_reason", "is_staff", "is_superuser", "groups",
                                  "user_permissions")}),
        (_("Dates"), {"fields": ("date_joined", "last_login")}),
    )  # fmt: skip
    add_fieldsets = ((None, {"fields": ("name", "email", "language", "password1", "password2")}),)

    @display(description=_("banned"), boolean=True)
    def shown_banned(self, user: User) -> bool:
        """A tick in the list."""
        return user.is_banned

    @display(description=_("confirmed"), boolean=True, ordering="email_confirmed_at")
    def shown_confirmed(self, user: User) -> bool:
        """A tick beside the address."""
        return user.email_confirmed

    @admin.action(description=_("Ban the selected users"), permissions=["change"])
    def ban(self, request: HttpRequest, queryset: QuerySet[User]) -> HttpResponse | None:
        """Asks for a reason first, then shuts them out. Operators don't ban themselves."""
        form = BanForm(request.POST if "confirmed" in request.POST else None)
        users = queryset.exclude(pk=request.user.pk or 0)
        if not form.is_valid():
            return self._confirm(request, form, users)
        for user in users:
            services.ban_user(user=user, reason=form.cleaned_data["reason"])
            self.log_change(request, user, "Banned.")
        self.message_user(request, _("Banned, and their sockets closed."), messages.SUCCESS)
        return None

    @admin.action(description=_("Let the selected users in again"), permissions=["change"])
    def unban(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Lifts their bans."""
        for user in queryset:
            services.unban_user(user=user)
            self.log_change(request, user, "Ban lifted.")
        self.message_user(request, _("They may come back."), messages.SUCCESS)

    @action(description=_("Ban"), icon="block", permissions=["ban_one"])
    def ban_one(self, request: HttpRequest, object_id: int) -> HttpResponse | None:
        """The same for the user whose page this is."""
        response = self.ban(request, User.objects.filter(pk=object_id))
        return response or self._back(object_id)

    @action(description=_("Let in again"), icon="lock_open", permissions=["unban_one"])
    def unban_one(self, request: HttpRequest, object_id: int) -> HttpResponse | None:
        """The same for the user whose page this is; asked first, because it comes as a link."""
        if "confirmed" not in request.POST:
            return self._confirm(request, None, User.objects.filter(pk=object_id))
        self.unban(request, User.objects.filter(pk=object_id))
        return self._back(object_id)

    def has_ban_one_permission(self, request: HttpRequest, object_id: int) -> bool:
        """May change users, and this one is another and not banned."""
        others = User.objects.filter(pk=object_id, banned_at=None).exclude(pk=request.user.pk or 0)
        return self.has_change_permission(request) and others.exists()

    def has_unban_one_permission(self, request: HttpRequest, object_id: int) -> bool:
        """May change users, and this one is banned."""
        return (
            self.has_change_permission(request) and User.objects.filter(pk=object_id, banned_at__isnull=False).exists()
        )

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """A user who is made inactive is thrown out at once. Another address has yet to be confirmed."""
        if "email" in form.changed_data:
            obj.email_confirmed_at, obj.new_email = None, ""
        super().save_model(request, obj, form, change)
        if change and not obj.is_active:
            tokens.revoke_all_tokens(user=obj)
        elif change:
            tokens.forget_sessions(user=obj)

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        """His sockets go with him."""
        tokens.revoke_all_tokens(user=obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """The same for many."""
        for user in queryset:
            self.delete_model(request, user)

    def _confirm(self, request: HttpRequest, form: BanForm | None, users: QuerySet[User]) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Ban") if form else _("Let in again"),
            "form": form,
            "users": users,
            "action": request.POST.get("action", ""),
            "checkbox": helpers.ACTION_CHECKBOX_NAME,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/accounts/user/confirm.html", context)

    def _back(self, object_id: int) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:accounts_user_change", args=[object_id]))


class ReadOnlyAdmin(QuickAdmin):
    """Rows to look at."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


@admin.register(LedgerEntry)
class LedgerEntryAdmin(ReadOnlyAdmin):
    """Coins: what moved, to whom, why."""

    list_display = ("created", "user", "amount", "reason", "key")
    list_filter = ("created",)
    finders = (whose("user"), *named("key"))
    search_help_text = _("Name, e-mail (their beginning) or id of a player, or a key's beginning")
    ordering = ("-created", "-id")
    related = ("user",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only with its user, whom a superuser deletes."""
        return request.user.is_superuser and "user" in request.path.split("/")


for model in (AuthToken, TOTPDevice, StaticDevice, AccessAttempt):
    admin.site.unregister(model)


@admin.register(TOTPDevice)
class SecondFactorAdmin(ReadOnlyAdmin):
    """Whose login takes a code. Deleting one is for an operator who has lost the phone and the recovery codes."""

    list_display = ("user", "confirmed", "created_at", "last_used_at")
    list_select_related: Any = ("user",)
    fields = list_display
    readonly_fields = fields

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Superusers."""
        return request.user.is_superuser

    def delete_model(self, request: HttpRequest, obj: TOTPDevice) -> None:
        """The recovery codes go with it."""
        second_factor.remove(obj.user)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[TOTPDevice]) -> None:
        """The same for many."""
        for device in queryset:
            second_factor.remove(device.user)


@admin.register(AccessAttempt)
class AttemptAdmin(QuickAdmin, AccessAttemptAdmin):
    """Names that were guessed at in the last quarter of an hour. Deleting one lets its address try again."""

    list_filter = ("attempt_time", IsLockedOutFilter)
    finders = named("username")
    search_help_text = _("The name as it was tried (its beginning)")
    ordering = ("-attempt_time", "-id")
    date_hierarchy = None


@admin.register(AuthToken)
class TokenAdmin(ReadOnlyAdmin):
    """Devices that are logged in. Deleting one logs it out; its secret and digest are not shown."""

    list_display = ("user", "created", "expiry")
    list_filter = ("created",)
    finders = (whose("user"),)
    search_help_text = WHOSE
    ordering = ("-created", "-digest")
    related = ("user",)
    fields = ("user", "created", "expiry")
    readonly_fields = fields

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Those who may delete tokens may log people out."""
        return request.user.has_perm("knox.delete_authtoken")

    def delete_model(self, request: HttpRequest, obj: AuthToken) -> None:
        """Closes its sockets too."""
        tokens.revoke_token(token=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[AuthToken]) -> None:
        """The same for many."""
        for token in queryset:
            tokens.revoke_token(token=token)
