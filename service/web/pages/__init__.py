"""The server-rendered pages: desk, portal, kiosk, sign-in, accounts, Manage."""
