/** Every provider that comes with the product, at a port where nobody listens: tests reach nobody they have not started. */
export const nowhere: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'ZAI_BASE_URL',
    'ZAI_API_BASE',
    'K2THINK_BASE_URL',
    'K2THINK_API_BASE_URL',
    'LONGCAT_BASE_URL',
    'LONGCAT_API_BASE_URL',
  ].map((name) => [name, 'http://127.0.0.1:9']),
);
