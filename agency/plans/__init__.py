"""Instalment plans and settlements on the staff's screens: built, watched, ended."""
