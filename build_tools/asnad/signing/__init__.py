"""Keeping private keys and signing with them; nothing here is needed to build a site."""
