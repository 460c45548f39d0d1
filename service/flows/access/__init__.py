"""Staff, keys, sign-in, sessions, second factors, PINs, codes and tablets."""
