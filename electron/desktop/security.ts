import { app, session, shell, type WebContents } from 'electron';
import { mayOpen } from './external.ts';
import { mayUse } from './permissions.ts';
import { isOurs } from './scheme.ts';

/** Every page of this process, also those we did not mean to create: stays where it is, opens nothing, embeds nothing. */
export function guardContents(gatewayUrl: () => string): void {
  app.on('web-contents-created', (_event, contents) => {
    keepInside(contents);
    contents.setWindowOpenHandler(({ url }) => {
      if (mayOpen(url, gatewayUrl())) void shell.openExternal(url);
      return { action: 'deny' };
    });
    contents.on('will-attach-webview', (event) => {
      event.preventDefault();
    });
  });
}

function keepInside(contents: WebContents): void {
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-frame-navigate', stay);
}

function stay(event: { readonly url: string; preventDefault(): void }): void {
  if (!isOurs(event.url)) event.preventDefault();
}

/** After ready. Both handlers are needed: most web APIs check first and ask only if the check says no. */
export function setupPermissions(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionCheckHandler((_contents, permission, origin) => mayUse(permission, origin, isOurs));
  defaultSession.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) => {
    answer(mayUse(permission, requestingUrl, isOurs));
  });
  defaultSession.setDevicePermissionHandler(() => false);
}
