"""Stoppress: live coverage, published on the desk and followed on the live page."""

__version__ = "0.1.0"
