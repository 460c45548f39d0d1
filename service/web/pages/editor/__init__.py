"""The program editor: form, document, table, chart and preview."""
