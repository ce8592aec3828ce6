"""Backup that was restored: base backups, every change since, and the files; sealed, and tried.

PostgreSQL's own programs take and restore the database. What lies in the backup folder is sealed
with the public keys of the house (age, age-encryption.org) and opened only with a private key that
is never in it: who loses all private keys has lost the backup. A drill restores the newest backup
into a scratch server and compares it with what was counted at its very moment.
"""
