"""The books as a whole: closed by period, proven, balanced, aged, and handed to the tax adviser."""
