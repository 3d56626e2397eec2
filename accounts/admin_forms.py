"""Forms of the operators' pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm
from unfold.widgets import UnfoldAdminTextInputWidget

from accounts import tokens
from accounts.models import User


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
