import type { WebContents } from './web-contents.ts';

/** The top frame of a page, as it was when a message or a navigation came from it. */
export class WebFrameMain {
  #contents: WebContents;
  #url: string;
  readonly parent = null;
  readonly routingId = 1;
  readonly processId = 1;

  constructor(contents: WebContents, url: string) {
    this.#contents = contents;
    this.#url = url;
  }
  get url() {
    return this.#url;
  }
  get origin() {
    const url = new URL(this.#url);
    return url.origin === 'null' ? `${url.protocol}//${url.host}` : url.origin;
  }
  get top(): WebFrameMain {
    return this;
  }
  isDestroyed() {
    return this.#contents.isDestroyed();
  }
  send(channel: string, ...args: unknown[]) {
    this.#contents.send(channel, ...args);
  }
  executeJavaScript(code: string) {
    return this.#contents.executeJavaScript(code);
  }
}
