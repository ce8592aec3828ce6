"""The court's file format (EDA): records, applications written, replies read, shown to people."""
