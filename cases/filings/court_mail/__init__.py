"""What the court sends: read, shown to a person, applied to the proceeding."""
