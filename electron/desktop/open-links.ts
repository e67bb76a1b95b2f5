import { app } from 'electron';
import type { LinkRequest } from '../../shared/link.ts';
import { linkScheme, readLink } from './deep-links.ts';
import type { MainWindow } from './window.ts';

/** Links come before there is a window, and while it loads; what they want waits here until the window takes it. */
export class Links {
  #waiting: LinkRequest | null = null;
  #window: { readonly main: MainWindow; readonly tell: () => void } | null = null;
  #early: string | null = null;

  /** Before ready: macOS hands links over as an event, and one may be the reason of the start. */
  listen(): void {
    app.on('open-url', (event, url) => {
      event.preventDefault();
      this.open(url);
    });
    // A checkout must not take the links of what is installed.
    if (app.isPackaged) app.setAsDefaultProtocolClient(linkScheme);
  }

  /** From now on there is a window to show. */
  serve(main: MainWindow, tell: () => void): void {
    this.#window = { main, tell };
    const early = this.#early;
    this.#early = null;
    if (early !== null) this.open(early);
  }

  open(text: string): void {
    if (this.#window === null) {
      this.#early = text;
      return;
    }
    const { main, tell } = this.#window;
    const link = readLink(text);
    if (link === null) {
      // Not the link itself: it may hold a key.
      console.error('A traygate:// link was not understood.');
      return;
    }
    if (link.kind === 'open') {
      main.show(link.route);
      return;
    }
    this.#waiting = link;
    main.show();
    tell();
  }

  take(): LinkRequest | null {
    const waiting = this.#waiting;
    this.#waiting = null;
    return waiting;
  }
}
