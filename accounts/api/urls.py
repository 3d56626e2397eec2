"""Addresses of the accounts API, under /api/v1/. Without a final slash; config's middleware makes it optional."""

from django.urls import path

from accounts.api import views

urlpatterns = [
    path("registration", views.Registration.as_view(), name="registration"),
    path("login", views.Login.as_view(), name="login"),
    path("logout", views.Logout.as_view(), name="logout"),
    path("logout-all", views.LogoutAll.as_view(), name="logout-all"),
    path("profile", views.Profile.as_view(), name="profile"),
    path("profile/avatar", views.Avatar.as_view(), name="avatar"),
    path("profile/password", views.PasswordChange.as_view(), name="password"),
    path("profile/email", views.EmailChange.as_view(), name="email"),
    path("profile/email/confirm", views.EmailConfirm.as_view(), name="email-confirm"),
    path("password-reset", views.PasswordReset.as_view(), name="password-reset"),
    path("password-reset/confirm", views.PasswordResetConfirm.as_view(), name="password-reset-confirm"),
    path("online", views.Online.as_view(), name="online"),
]
