"""Steps from each released form of the store to the next; ``env.py`` runs them inside one transaction."""
