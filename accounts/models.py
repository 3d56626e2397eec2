"""Who the players are, and the ledger of their coins."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.names import KEY_MAX, NAME_MAX, email_key, login_key, name_key, normalize_name, validate_name
from config.languages import CODES, LANGUAGES

RATING_START = 1500
ABOUT_MAX = 500


def language_choices() -> list[tuple[str, str]]:
    """Languages a player may choose, each by its own name. Django keeps the function, so a new one is no migration."""
    return list(LANGUAGES.items())


class Users(BaseUserManager["User"]):
    """`User.objects`. Names and addresses are looked up by key, so in any case and script."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """By name, or by e-mail (what has an `@` is no name). Raises `User.DoesNotExist`."""
        key = login_key(username or "")
        if "@" not in key:
            return self.get(name_key=key)
        if (user := self.of_email(key)) is None:
            raise self.model.DoesNotExist
        return user

    def of_email(self, key: str) -> "User | None":
        """Whose address it is by its key: who has confirmed it, else the only one who has it. One query either way."""
        confirmed_first = models.F("email_confirmed_at").asc(nulls_last=True)
        found = list(self.filter(email_key=key).order_by(confirmed_first, "pk")[:2])
        return found[0] if found and (found[0].email_confirmed or len(found) == 1) else None

    def create_user(self, name: str, password: str | None = None, email: str = "", **fields: Any) -> "User":
        """A saved user with a hashed password. Raises `IntegrityError` when the name is taken."""
        user = self.model(name=name, email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, name: str, password: str | None = None, email: str = "", **fields: Any) -> "User":
        """A user with every right (what `manage.py createsuperuser` calls)."""
        return self.create_user(name, password, email, **{"is_staff": True, "is_superuser": True, **fields})


class User(AbstractBaseUser, PermissionsMixin):
    """A player (or operator). `account` is the balance in coins, `rating` what the last recorded game left.

    An address is one account's alone once it is confirmed by the link that was mailed there. Until then several may
    have it; `new_email` waits for its link in the place of `email`.
    """

    name = models.CharField(_("name"), max_length=NAME_MAX, unique=True, validators=[validate_name])
    name_key = models.CharField(_("key of the name"), max_length=KEY_MAX, unique=True, editable=False)
    email = models.EmailField(_("e-mail"), blank=True)
    email_key = models.CharField(max_length=KEY_MAX, null=True, editable=False, db_index=True)
    email_confirmed_at = models.DateTimeField(_("e-mail confirmed at"), null=True, editable=False)
    new_email = models.EmailField(_("e-mail that waits for its link"), blank=True, editable=False)
    language = models.CharField(_("language"), max_length=2, choices=language_choices, default=CODES[0])
    about = models.CharField(_("about"), max_length=ABOUT_MAX, blank=True)
    avatar = models.FileField(_("avatar"), upload_to="avatars/", max_length=120, blank=True)
    account = models.BigIntegerField(_("account, coins"), default=0)
    rating = models.IntegerField(_("rating"), default=RATING_START)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("operator"), default=False)
    banned_at = models.DateTimeField(_("banned at"), null=True, blank=True)
    ban_reason = models.CharField(_("reason of the ban"), max_length=200, blank=True)
    session_epoch = models.PositiveIntegerField(default=0, editable=False)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    USERNAME_FIELD = "name"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]

    objects: ClassVar[Users] = Users()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ("name_key", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["email_key"],
                condition=Q(email_confirmed_at__isnull=False),
                name="accounts_user_confirmed_email",
            ),
        )
        # the operators' list and each of its filters, newest first (accounts/admin_lists.py)
        indexes = (
            models.Index(fields=["-date_joined", "-id"], name="user_newest"),
            models.Index(fields=["language", "-date_joined", "-id"], name="user_of_language"),
            models.Index(fields=["-date_joined", "-id"], condition=Q(banned_at__isnull=False), name="user_banned"),
            models.Index(fields=["-date_joined", "-id"], condition=Q(is_staff=True), name="user_operator"),
            models.Index(fields=["-date_joined", "-id"], condition=Q(is_active=False), name="user_inactive"),
        )

    def __str__(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session of the operators' site carries of its user: it ends with a new password, and with a new
        `session_epoch` (logged out everywhere)."""
        stands_on = self.password if not self.session_epoch else f"{self.session_epoch}:{self.password}"
        salt = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"
        return salted_hmac(salt, stands_on, secret=secret, algorithm="sha256").hexdigest()

    @property
    def is_banned(self) -> bool:
        """Whether an operator has shut this user out."""
        return self.banned_at is not None

    @property
    def email_confirmed(self) -> bool:
        """Whether the link that was mailed to the address has been opened."""
        return self.email_confirmed_at is not None

    def clean_fields(self, exclude: Any = None) -> None:
        """A name that was once allowed may stay when the rules become stricter."""
        kept = {"name"} if self.pk and User.objects.filter(pk=self.pk, name=self.name).exists() else set()
        super().clean_fields(exclude={*(exclude or ()), *kept})

    def clean(self) -> None:
        """Sets both keys. Raises `ValidationError` when somebody else's name is the same by its key."""
        super().clean()
        self._set_keys()
        others = User.objects.exclude(pk=self.pk)
        if others.filter(name_key=self.name_key).exists():
            raise ValidationError({"name": ValidationError(_("This name is taken."), code="taken")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves with the keys that belong to the name and address."""
        self._set_keys()
        fields = kwargs.get("update_fields")
        if fields is not None:
            keys = {f"{field}_key" for field in ("name", "email") if field in fields}
            kwargs["update_fields"] = {*fields, *keys}
        super().save(*args, **kwargs)

    def _set_keys(self) -> None:
        self.name = normalize_name(self.name)
        self.name_key = name_key(self.name)
        self.email_key = email_key(self.email) or None


class LedgerEntry(models.Model):
    """One movement of coins. `key` names its cause (`quiz:7:23`), so that the same cause is paid once."""

    user = models.ForeignKey(User, models.CASCADE, related_name="ledger", verbose_name=_("user"))
    amount = models.BigIntegerField(_("amount, coins"))
    reason = models.CharField(_("reason"), max_length=200)
    key = models.CharField(_("key"), max_length=120, unique=True)
    created = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger")
        ordering = ("-created", "-id")
        indexes = (models.Index(fields=["-created", "-id"], name="ledger_newest"),)

    def __str__(self) -> str:
        return f"{self.user_id}: {self.amount:+d} ({self.reason})"
