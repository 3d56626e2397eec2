"""An operator's second factor: codes of an app (TOTP), and recovery codes for the day the phone is lost.

Off until enrolled. `passes` is asked at login; `is_missing` where the settings require one of everybody.
"""

import secrets
from base64 import b32encode

import segno
from django.conf import settings
from django.db import transaction
from django.utils.safestring import SafeString, mark_safe
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import limits
from accounts.models import User

APP, RECOVERY = "app", "recovery"
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are read as another


def is_enrolled(user: User) -> bool:
    """Whether logging in takes a code."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def is_required() -> bool:
    """Whether every operator must have one."""
    return bool(settings.SECOND_FACTOR_REQUIRED)


def is_missing(user: User) -> bool:
    """Whether this operator must enrol before they do anything else."""
    return is_required() and not is_enrolled(user)


def passes(user: User, code: str) -> bool:
    """Whether the code is right, or none is needed. A code works once; `user.otp_device` is then what it came from."""
    if not is_enrolled(user):
        return True
    device = verify(user, code)
    if device is not None:
        user.otp_device = device  # type: ignore[attr-defined]
    return device is not None


def verify(user: User, code: str) -> Device | None:
    """The device whose code this is, used up; None for a wrong one. Wrong ones make the device wait, twice as long
    each time."""
    typed = "".join(code.split()).replace("-", "").lower()
    model = TOTPDevice if typed.isascii() and typed.isdigit() else StaticDevice
    with transaction.atomic():
        device = model.objects.select_for_update().filter(user=user, confirmed=True).first()
        return device if device is not None and device.verify_token(typed[:16]) else None


def pending(user: User) -> TOTPDevice:
    """The device that is being enrolled: its secret is shown until a code proves that the app has it."""
    device = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    return device or TOTPDevice.objects.create(user=user, name=APP, confirmed=False)


@transaction.atomic
def enrol(user: User, code: str) -> TOTPDevice | None:
    """Turn the factor on; None when the code is wrong."""
    device = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=False).first()
    typed = "".join(code.split())
    if device is None or is_enrolled(user) or not device.verify_token(typed if typed.isascii() else ""):
        return None
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    return device


@transaction.atomic
def remove(user: User) -> None:
    """Turn it off, recovery codes too."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()


@transaction.atomic
def new_recovery_codes(user: User) -> list[str]:
    """`RECOVERY_CODES` fresh codes, shown once; the former ones are dead."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name=RECOVERY)
    # the first is a letter: what is all digits is taken for a code of the app
    codes = [
        secrets.choice(_LETTERS[:23]) + "".join(secrets.choice(_LETTERS) for _ in range(9))
        for _ in range(limits.RECOVERY_CODES)
    ]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def recovery_codes_left(user: User) -> int:
    """How many of them are unused."""
    return StaticToken.objects.filter(device__user=user).count()


def key(device: TOTPDevice) -> str:
    """The secret for those who type it, in groups of four."""
    text = b32encode(device.bin_key).decode()
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def picture(device: TOTPDevice) -> SafeString:
    """The secret as a QR code for the app: an SVG element, black on white in any theme."""
    drawn = segno.make(device.config_url, error="m").svg_inline(scale=5, border=4, light="#ffffff", dark="#000000")
    return mark_safe(drawn)  # noqa: S308 - made by segno of squares alone
