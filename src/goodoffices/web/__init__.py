"""The street: pages. The same verbs as the desk."""
