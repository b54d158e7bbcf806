from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from shouwen.doors.web.forms import PaperForm
from shouwen.ground.org.models import Person


class SignInForm(PaperForm):
    """User name and password."""

    username = forms.CharField(label=_("用户名"), max_length=150)
    password = forms.CharField(label=_("密码"), max_length=200, strip=False)

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: User | None = None
        self.fields["username"].widget.attrs.update(
            autocomplete="username", autocapitalize="none", autofocus=True, spellcheck="false"
        )
        self.fields["password"].widget = forms.PasswordInput(
            attrs={"class": "form-control", "autocomplete": "current-password"}
        )

    def clean(self) -> dict[str, Any]:
        """Both are right and the person still works here; never says which one was wrong."""
        found = super().clean() or {}
        if found.get("username") and found.get("password"):
            self.user = authenticate(self.request, **found)
            if self.user is None or not _works_here(self.user):
                self.user = None
                raise forms.ValidationError(_("用户名或密码不对，或者此账号已停用。"))
        return found


def _works_here(user: Any) -> bool:
    return Person.objects.filter(user=user, active=True).exists()
