import { gatewayState } from './gateway-state.ts';

/** The document that tells about each page of the window. */
const topics: Readonly<Record<string, string>> = {
  home: 'home',
  connect: 'connect',
  providers: 'providers',
  logs: 'logs',
  test: 'testing-models',
  settings: 'settings',
};

/** For a route such as `/logs/abc`. The gateway serves it, so that it opens without network. */
export function helpUrl(baseUrl: string, route: string): string {
  return `${baseUrl}/docs/${topics[route.split(/[/?]/u)[1] ?? ''] ?? 'home'}.html`;
}

export function openHelp(): void {
  const state = gatewayState.get();
  if (state !== null) window.open(helpUrl(state.baseUrl, location.hash.slice(1)), '_blank', 'noreferrer');
}
