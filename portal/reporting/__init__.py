"""Reports as their readers see them: worded, drawn, as files; and a creditor's own pages."""
