"""The screens: Textual only. They draw views, call services, and know neither SQL nor HTTP."""
