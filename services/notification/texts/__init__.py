"""The texts of notices, one file per topic. A text that was ever sent is never changed: add one.

Placeholders are named facts of the occasion. No text takes a person's name, nor a reason that an
official has typed, which may name people: reasons stay in the dossier, behind its access rules.
"""
