//! What lies beside drafts and in the user's folders: journals, locks, backups, recent drafts, keymaps, forms.
