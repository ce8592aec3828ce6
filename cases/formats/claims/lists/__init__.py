"""Lists of open items: delimited text, workbooks and what DATEV, SAP and Odoo print."""
