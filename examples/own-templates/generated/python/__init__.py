"""Hooks as Python types."""
