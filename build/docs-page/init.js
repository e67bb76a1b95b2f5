// The page sits at <root>/docs/ and the description at <root>/openapi.json, whatever the root behind a reverse proxy is.
globalThis.SwaggerUIBundle({
  url: new URL('../openapi.json', document.baseURI).href,
  dom_id: '#docs',
  deepLinking: true,
  // The validator is a service on the internet; the description must not leave this computer.
  validatorUrl: null,
  // A link such as ?url=… would otherwise make this page read somebody else's description.
  queryConfigEnabled: false,
});
