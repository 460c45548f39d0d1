"""Who may come in: passwords, PINs, sign-in codes and their texts, sessions."""
