"""What creditors (and debtors) see and send: web pages and the REST API.

Views are thin: they read the request, call one function of `cases`, and render. Every portal query
names its creditor in one place. `portal/shell` is the house dress for both sides: layout,
components, formatting, errors, security headers.
"""
