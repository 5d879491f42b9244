"""An optional reader that asks a language model for quotes; off unless asked for (``docs/language-model.md``)."""
