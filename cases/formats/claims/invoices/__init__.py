"""E-invoices: UBL, CII and the PDF that carries one become rows of claims."""
