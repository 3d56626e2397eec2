"""Forms of the operators' pages."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from unfold.forms import (
    AdminOwnPasswordChangeForm,
    AdminPasswordChangeForm,
    AuthenticationForm,
    UserChangeForm,
    UserCreationForm,
)
from unfold.widgets import BASE_INPUT_CLASSES, UnfoldAdminTextInputWidget

from accounts import tokens
from accounts.credentials import check_old_password, check_operator
from accounts.errors import Later, WrongCredentials, WrongPassword
from accounts.models import User
from accounts.second_factor_forms import CODE_MAX


class LoginForm(AuthenticationForm):
    """Name, password, and the code of the second factor: all at once, so that no answer tells which was right."""

    code = forms.CharField(
        label=_("Code, if you have a second factor"),
        required=False,
        max_length=CODE_MAX,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "class": " ".join(BASE_INPUT_CLASSES)}),
    )
    #: set when they were turned away for now
    later: Later | None = None

    def clean(self) -> dict[str, Any]:
        """Raises `ValidationError`, the same for whatever does not let in."""
        given = self.cleaned_data
        name, password = given.get("username"), given.get("password")
        if name and password and "code" in given:
            try:
                self.user_cache = check_operator(self.request, name=name, password=password, code=given["code"])
            except WrongCredentials:
                raise self.get_invalid_login_error() from None
            except Later as later:
                self.later = later
                raise ValidationError(later.message) from None
        return given


class OwnPasswordForm(AdminOwnPasswordChangeForm):
    """An operator's own password."""

    def clean_old_password(self) -> str:
        """Wrong ones count, by account."""
        old: str = self.cleaned_data["old_password"]
        try:
            check_old_password(user=self.user, password=old)
        except (WrongPassword, Later) as error:
            raise ValidationError(error.message) from None
        return old

    def save(self, commit: bool = True) -> User:
        """The user, saved; every token is dead, the sockets closed. This session goes on."""
        user: User = super().save(commit)
        tokens.revoke_all_tokens(user=user, reason="password changed")
        return user


class UserForm(UserChangeForm):
    """Changing a user. Two users are never told apart by case or script alone (`User.clean`)."""

    class Meta:
        model = User
        fields = "__all__"
        field_classes: dict[str, Any] = {}


class UserAddForm(UserCreationForm):
    """Making a user."""

    class Meta:
        model = User
        fields = ("name", "email", "language")
        field_classes: dict[str, Any] = {}


class PasswordForm(AdminPasswordChangeForm):
    """A new password for somebody: every token of his is dead, his sockets closed."""

    def save(self, commit: bool = True) -> User:
        """The user, saved."""
        user: User = super().save(commit)
        tokens.revoke_all_tokens(user=user, reason="password changed")
        return user


class BanForm(forms.Form):
    """Why somebody is banned; kept for operators, not shown to him."""

    reason = forms.CharField(label=_("reason"), max_length=200, required=False, widget=UnfoldAdminTextInputWidget)
