"""The form that turns an operator's second factor on and off."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device
from unfold.widgets import UnfoldAdminPasswordWidget, UnfoldAdminTextInputWidget

from accounts import second_factor
from accounts.credentials import check_old_password
from accounts.errors import Later, WrongPassword

ENROL, CODES, REMOVE = "enrol", "codes", "remove"
CODE_MAX = 32


class SecondFactorForm(forms.Form):
    """The password and a code, whatever is done: a session left open at a desk is not enough."""

    do = forms.ChoiceField(choices=[(ENROL, ENROL), (CODES, CODES), (REMOVE, REMOVE)], widget=forms.HiddenInput)
    password = forms.CharField(label=_("Password"), strip=False, max_length=128, widget=UnfoldAdminPasswordWidget)
    code = forms.CharField(
        label=_("Code from the app"),
        max_length=CODE_MAX,
        widget=UnfoldAdminTextInputWidget(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(self, user: Any, data: Any = None) -> None:
        super().__init__(data)
        self.user = user
        #: what has just been enrolled: it verifies this session
        self.device: Device | None = None
        self.later: Later | None = None

    def clean(self) -> dict[str, Any]:
        """Raises `ValidationError` for a wrong password or code, without saying which comes first."""
        given = super().clean() or {}
        if self.errors:
            return given
        if given["do"] == REMOVE and second_factor.is_required():
            raise ValidationError(_("A second factor is required here."))
        try:
            check_old_password(user=self.user, password=given["password"])
        except WrongPassword:
            raise ValidationError(_("The password is wrong.")) from None
        except Later as later:
            self.later = later
            raise ValidationError(later.message) from None
        if given["do"] == ENROL:
            self.device = second_factor.enrol(self.user, given["code"])
        elif second_factor.verify(self.user, given["code"]) is None:
            raise ValidationError(_("The code is wrong or was used before."))
        if given["do"] == ENROL and self.device is None:
            raise ValidationError(_("The code is wrong or was used before."))
        return given

    def save(self) -> list[str]:
        """Does it. The recovery codes to be shown, when there are new ones."""
        if self.cleaned_data["do"] == REMOVE:
            second_factor.remove(self.user)
            return []
        return second_factor.new_recovery_codes(self.user)
