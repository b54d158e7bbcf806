"""Accounts with name and password, as Django keeps them; read at each request with SQL at hand."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.db.models import QuerySet

from shouwen.ground.foundation.prepared import prepared


class UserBackend(ModelBackend):
    """The accounts of `django.contrib.auth`."""

    def get_user(self, user_id: Any) -> User | None:
        """Whose session it is, unless the account was closed."""
        user = _user.first(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None


@prepared
def _user(pk: int) -> QuerySet[User]:
    return User.objects.filter(pk=pk)
