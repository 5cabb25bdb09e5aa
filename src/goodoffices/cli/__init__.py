"""The street: commands. The same verbs as the desk."""
