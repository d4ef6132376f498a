"""How sign-up and sign-in meet the pool."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """allauth's behaviour, with our own words."""
