// One page in Chromium and the DevTools session that speaks with it.
import crypto from 'node:crypto';
import { EventEmitter } from 'node:events';
import { app } from './app.ts';
import { schemePattern, toWire } from './protocol.ts';
import { pageWorldScript, preloadScript, preloadWorldScript } from './wire.ts';

export type Bounds = { width: number; height: number };

const world = { worldName: 'ElectronPreload' };

/** Emits `message` (method, params) of its own session and `gone`. */
export class PageTarget extends EventEmitter {
  targetId = '';
  /** The name of the binding by which the preload script speaks; unguessable, since the page shares the document. */
  readonly secret = '_' + crypto.randomBytes(12).toString('hex');
  readonly attached: Promise<void>;
  #sessionId = '';
  #first: string | undefined;
  #opened = false;

  constructor(preload: string | undefined, bounds: Bounds) {
    super();
    this.setMaxListeners(0);
    app.browser!.on('event', this.#onEvent);
    // The page opens a turn later, so that a loadURL() right after the constructor is its very first document.
    this.attached = new Promise<void>((resolve) => setImmediate(resolve)).then(() => this.#attach(preload, bounds));
  }

  /** True if the page can still begin with this document, false if it has to navigate there. */
  beginWith(url: string): boolean {
    if (this.#opened || this.#first !== undefined) return false;
    this.#first = url;
    return true;
  }

  send<T = any>(method: string, params?: object) {
    return app.browser!.send<T>(method, params, this.#sessionId);
  }

  async #attach(preload: string | undefined, bounds: Bounds) {
    this.#opened = true;
    this.#sessionId = await this.#create(bounds);
    const versions = { ...process.versions };
    const props = {
      platform: process.platform,
      arch: process.arch,
      versions,
      env: {},
      argv: [process.execPath],
      execPath: process.execPath,
      contextIsolated: true,
      sandboxed: true,
    };
    await Promise.all([
      this.send('Page.enable'),
      this.send('Page.setLifecycleEventsEnabled', { enabled: true }),
      this.send('Runtime.enable'),
      this.send('Network.enable'),
      // The clipboard, among others, is for pages in front; without windows no page ever is.
      this.send('Emulation.setFocusEmulationEnabled', { enabled: true }),
      this.send('Runtime.addBinding', { name: this.secret, executionContextName: world.worldName }),
      this.send('Fetch.enable', {
        patterns: [
          { urlPattern: '*', resourceType: 'Document', requestStage: 'Request' },
          { urlPattern: schemePattern, requestStage: 'Request' },
        ],
      }),
      this.#onNewDocument(pageWorldScript(this.secret)),
      this.#onNewDocument(preloadWorldScript(this.secret, props), world),
      ...(preload ? [this.#onNewDocument(preloadScript(preload), world)] : []),
      // In the same breath: the page's renderer may only come up once the target runs.
      this.send('Runtime.runIfWaitingForDebugger'),
    ]);
  }

  #onNewDocument(source: string, where: object = {}) {
    return this.send('Page.addScriptToEvaluateOnNewDocument', { source, ...where });
  }

  /** The session may be announced before the answer that says which target it is for, or after. */
  async #create(bounds: Bounds): Promise<string> {
    const sessions = new Map<string, string>();
    const { promise, resolve } = Promise.withResolvers<string>();
    const look = () => {
      const session = sessions.get(this.targetId);
      if (session) resolve(session);
    };
    const listen = (method: string, params: any) => {
      if (method !== 'Target.attachedToTarget') return;
      sessions.set(params.targetInfo.targetId, params.sessionId);
      look();
    };
    const browser = app.browser!;
    browser.on('event', listen);
    const created = await browser.send('Target.createTarget', {
      url: toWire(this.#first ?? 'about:blank'),
      newWindow: true,
      ...bounds,
    });
    this.targetId = created.targetId;
    look();
    return promise.finally(() => browser.off('event', listen));
  }

  #onEvent = (method: string, params: any, sessionId: string | undefined) => {
    if (method === 'Target.targetDestroyed' && params.targetId === this.targetId) {
      app.browser?.off('event', this.#onEvent);
      this.emit('gone');
    } else if (method === 'Target.attachedToTarget' && params.targetInfo.openerId === this.targetId) {
      void this.#closePopup(params.targetInfo.targetId, params.sessionId);
    } else if (sessionId && sessionId === this.#sessionId) {
      this.emit('message', method, params);
    }
  };

  /** Child windows are not provided. One that is closed while it waits for a debugger would leave its opener waiting too. */
  async #closePopup(targetId: string, sessionId: string) {
    const browser = app.browser!;
    await browser.send('Runtime.runIfWaitingForDebugger', {}, sessionId).catch(() => {});
    await browser.send('Target.closeTarget', { targetId }).catch(() => {});
  }

  async evaluate(code: object, wireSource: string, decode: (text: string) => unknown): Promise<unknown> {
    await this.attached;
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', { ...code, awaitPromise: true });
    if (exceptionDetails) {
      const { exception, text } = exceptionDetails;
      throw exception?.value ?? new Error(exception?.description ?? text);
    }
    if (!result.objectId) return result.unserializableValue ? (0, eval)(result.unserializableValue) : result.value;
    const { result: packed, exceptionDetails: refused } = await this.send('Runtime.callFunctionOn', {
      objectId: result.objectId,
      returnByValue: true,
      functionDeclaration: `function () { return (${wireSource}).encode(this); }`,
    });
    if (refused) throw new Error('An object could not be cloned.');
    return decode(packed.value);
  }

  async close(beforeUnload: boolean) {
    await this.attached.catch(() => {});
    const done = beforeUnload
      ? this.send('Page.close')
      : app.browser!.send('Target.closeTarget', { targetId: this.targetId });
    await done.catch(() => {});
  }

  async setBounds(bounds: object) {
    await this.attached;
    const { windowId } = await app.browser!.send('Browser.getWindowForTarget', { targetId: this.targetId });
    await app.browser!.send('Browser.setWindowBounds', { windowId, bounds });
  }
}
