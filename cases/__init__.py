"""What happened and what is to do: records, business rules, background work. No web.

One folder is one concept, and a concept has one home. They know each other in this order only, a
later one may use an earlier one: `formats`, `core`, `people`, `parties`, `claims`, `documents`,
`worklist`, `ledger`, `payments`, `costs`, `letters`, `contacts`, `objections`, `plans`,
`strategies`, `remittances`, `intake`, `dunning`, `filings`, `recoveries`, `care`, `watch`.
"""
