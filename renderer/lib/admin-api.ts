/** The page is served at `<root>/ui/`, wherever a reverse proxy has put the root. */
const base = new URL('../admin/api/', location.href);

/** A form on another site cannot send this header, so a session cookie alone is never enough. */
const windowHeader = { 'x-traygate-window': '1' };

export const adminUrl = (path: string): string => new URL(path, base).href;

export async function adminFetch(path: string, method: 'POST' | 'DELETE', body?: unknown): Promise<Response> {
  return await fetch(adminUrl(path), {
    method,
    credentials: 'same-origin',
    headers: { ...windowHeader, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}
