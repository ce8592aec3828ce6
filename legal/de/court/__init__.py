"""Court dunning in Germany (gerichtliches Mahnverfahren): applications, court messages, readiness.

The electronic data exchange (EDA, Format 4) is described as data in `data/` and read and written by
one small codec. Nothing leaves here that a layout of low confidence would have to carry, unless the
agency has confirmed that field with its court. From bytes to meaning: `framing` (records), `codec`
(fields), `layouts` (which fields), `application` and `messages` (what they say), `replies` (any
file).
`readiness` says what stands against filing, `proceeding` what has happened and what is due.
Law: ZPO §§ 688-703d.
"""
