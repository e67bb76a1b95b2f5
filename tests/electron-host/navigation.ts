// Every document passes here: the app's guards are asked, then its own schemes answered.
import { preventable } from './preventable.ts';
import { answerScheme, fromWire, isSchemeRequest } from './protocol.ts';
import type { PageTarget } from './page-target.ts';
import type { WebContents } from './web-contents.ts';

type OpenHandler = (details: any) => { action: 'allow' | 'deny' };

export class Navigation {
  #contents: WebContents;
  #page: PageTarget;
  /** Where the page itself has asked to go. */
  #asks = new Set<string>();
  openHandler: OpenHandler | undefined;

  constructor(contents: WebContents, page: PageTarget) {
    this.#contents = contents;
    this.#page = page;
    page.on('message', (method: string, params: any) => {
      if (method === 'Fetch.requestPaused') void this.#request(params);
      else if (method === 'Page.windowOpen') this.#windowOpen(params);
      else if (method === 'Page.frameRequestedNavigation' && params.disposition === 'currentTab')
        this.#asks.add(params.url);
    });
  }

  async #request({ requestId, request, frameId, redirectedRequestId }: any) {
    const answer = (method: string, rest: object = {}) =>
      void this.#page.send(method, { requestId, ...rest }).catch(() => {});
    const isMainFrame = frameId === this.#page.targetId;
    if (!(await this.#mayGo(request.url, isMainFrame, redirectedRequestId !== undefined))) {
      return answer('Fetch.failRequest', { errorReason: 'Aborted' });
    }
    if (!isSchemeRequest(request.url)) return answer('Fetch.continueRequest');
    const { method, headers, postData } = request;
    const response = await answerScheme(request.url, { method, headers, body: postData }).catch((error) => {
      console.error('Electron host:', error);
    });
    if (response) answer('Fetch.fulfillRequest', response);
    else answer('Fetch.failRequest', { errorReason: 'Failed' });
  }

  /** Navigations the page starts pass the guards; those the app or a debugger starts do not, redirects always do, as in Electron. */
  async #mayGo(wireUrl: string, isMainFrame: boolean, isRedirect: boolean): Promise<boolean> {
    if (isRedirect) return this.#ask('will-redirect', wireUrl, isMainFrame);
    const guards = ['will-frame-navigate', ...(isMainFrame ? ['will-navigate'] : [])];
    if (!guards.some((name) => this.#contents.listenerCount(name) > 0) || !(await this.#pageAsked(wireUrl)))
      return true;
    return guards.every((name) => this.#ask(name, wireUrl, isMainFrame));
  }

  #ask(name: string, wireUrl: string, isMainFrame: boolean): boolean {
    const url = fromWire(wireUrl);
    const frame = this.#contents.mainFrame;
    const event = preventable({ url, isSameDocument: false, isMainFrame, frame, initiator: frame });
    this.#contents.emit(name, event, url, false, isMainFrame, 1, 1);
    return !event.defaultPrevented;
  }

  /** The renderer's "I want to go there" and the network's "may I" come from two processes, in either order. */
  async #pageAsked(url: string) {
    for (let i = 0; i < 5 && !this.#asks.has(url); i++) await new Promise((resolve) => setTimeout(resolve, 10));
    return this.#asks.delete(url);
  }

  #windowOpen({ url, windowName, windowFeatures }: any) {
    const response = this.openHandler?.({
      url,
      frameName: windowName,
      features: windowFeatures.join(),
      disposition: windowFeatures.length > 0 ? 'new-window' : 'foreground-tab',
      referrer: { url: this.#contents.getURL(), policy: 'strict-origin-when-cross-origin' },
    });
    if (response?.action !== 'deny') console.error(`Electron host: child windows are not provided (${url})`);
  }
}
