// The reference page: what it shows, and that nothing of it speaks to another host.
Scalar.createApiReference("#reference", {
  url: "/docs/openapi.json",
  // Only our own samples: curl, Python and TypeScript.
  hiddenClients: true,
  hideClientButton: true,
  showDeveloperTools: "never",
  documentDownloadType: "none",
  operationTitleSource: "summary",
  persistAuth: false,
  withDefaultFonts: false,
  telemetry: false,
  agent: { disabled: true },
  mcp: { disabled: true },
});
