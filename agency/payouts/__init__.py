"""Screens of paying creditors: runs, their settlements, the file for the bank."""
