"""
Asnad: a static course catalogue with certificates that any browser verifies.

Data flows one way: catalogue (YAML) → model → credential document → proofs →
carriers (JSON, QR) → pages → site. Registers enter beside the catalogue and
leave as credentials and ledger lines.
"""

__version__ = "0.1.0"
