import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from './app.ts';
import type { BrowserWindow } from './browser-window.ts';
import { nativeImage } from './native-image.ts';
import { Navigation } from './navigation.ts';
import { PageIpc } from './page-ipc.ts';
import { type Bounds, PageTarget } from './page-target.ts';
import { preventable } from './preventable.ts';
import { fromWire, toWire } from './protocol.ts';
import { session } from './session.ts';
import { StrictEmitter } from './unsupported.ts';
import { WebFrameMain } from './web-frame-main.ts';
import { wire, wireSource } from './wire.ts';

const all = new Map<number, WebContents>();
let nextId = 0;

export class WebContents extends StrictEmitter {
  static fromId = (id: number) => all.get(id);
  static getAllWebContents = () => [...all.values()];
  static fromDevToolsTargetId = (id: string) => [...all.values()].find((contents) => contents.#page.targetId === id);
  static getFocusedWebContents = () => [...all.values()].find((contents) => contents.owner?.isFocused()) ?? null;

  readonly id = ++nextId;
  readonly session: any;
  owner: BrowserWindow | undefined;
  #page: PageTarget;
  #ipc: PageIpc;
  #navigation: Navigation;
  #preferences: any;
  #frame = new WebFrameMain(this, 'about:blank');
  #url = '';
  #title = '';
  #loading = false;
  #destroyed = false;
  #crashed = false;

  constructor(preferences: any, bounds: Bounds) {
    super();
    this.setMaxListeners(0);
    this.#preferences = preferences;
    this.session = preferences.session ?? session.defaultSession;
    this.#page = new PageTarget(preferences.preload, bounds);
    this.#ipc = new PageIpc(this, this.#page);
    this.#navigation = new Navigation(this, this.#page);
    this.#page.on('message', (method: string, params: any) => this.#onMessage(method, params));
    this.#page.on('gone', () => this.#gone());
    this.#page.attached.catch((error) => {
      if (!this.#destroyed) console.error('Electron host:', error);
    });
    all.set(this.id, this);
    app.emit('web-contents-created', {}, this);
  }

  #onMessage(method: string, params: any) {
    const inMainFrame = params.frameId === this.#page.targetId;
    switch (method) {
      case 'Page.frameNavigated':
        return this.#navigated(params.frame);
      case 'Page.navigatedWithinDocument':
        if (!inMainFrame) return;
        this.#url = fromWire(params.url);
        return void this.emit('did-navigate-in-page', {}, this.#url, true, 1, 1);
      case 'Page.frameStartedLoading':
        if (!inMainFrame) return;
        this.#loading = true;
        return void this.emit('did-start-loading');
      case 'Page.frameStoppedLoading':
        if (!inMainFrame) return;
        this.#loading = false;
        return void this.emit('did-stop-loading');
      case 'Page.domContentEventFired':
        return void this.emit('dom-ready', {});
      case 'Page.loadEventFired':
        return void this.emit('did-finish-load', {});
      case 'Page.lifecycleEvent':
        if (params.name === 'firstPaint' && inMainFrame) this.owner?.firstPaint();
        return;
      case 'Page.javascriptDialogOpening':
        return void this.#page.send('Page.handleJavaScriptDialog', { accept: true });
      case 'Runtime.consoleAPICalled':
        return this.#console(params);
      case 'Inspector.targetCrashed':
        this.#crashed = true;
        return void this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 139 });
      case 'Inspector.targetReloadedAfterCrash':
        this.#crashed = false;
    }
  }

  #navigated({ parentId, unreachableUrl, url, urlFragment }: any) {
    if (parentId) return;
    if (unreachableUrl) return void this.emit('-load-failed', 'ERR_FAILED');
    this.#url = fromWire(url + (urlFragment ?? ''));
    this.#frame = new WebFrameMain(this, this.#url);
    this.emit('did-navigate', {}, this.#url, 200, 'OK');
  }
  #console({ type, args, stackTrace }: any) {
    const message = args.map((arg: any) => arg.value ?? arg.description ?? '').join(' ');
    const level = { error: 'error', warning: 'warning', debug: 'debug' }[type as string] ?? 'info';
    const at = stackTrace?.callFrames[0];
    this.emit('console-message', {
      level,
      message,
      lineNumber: (at?.lineNumber ?? 0) + 1,
      sourceId: at?.url ?? '',
      frame: this.#frame,
    });
  }
  retitle(title: string) {
    if (title === this.#title || !title) return;
    this.#title = title;
    const event = preventable();
    this.emit('page-title-updated', event, title, true);
    this.owner?.emit('page-title-updated', event, title, true);
    if (!event.defaultPrevented) this.owner?.setTitle(title);
  }
  #gone() {
    if (this.#destroyed) return;
    this.#destroyed = true;
    all.delete(this.id);
    this.emit('destroyed');
    this.owner?.closed();
  }

  send(channel: string, ...args: unknown[]) {
    if (this.#destroyed) throw new TypeError('Object has been destroyed');
    this.#ipc.send(channel, args);
  }
  async loadURL(url: string) {
    const loaded = Promise.withResolvers<void>();
    this.#loading = true;
    const fail = (code: string) => {
      this.emit('did-fail-load', {}, -2, code, url, true);
      loaded.reject(Object.assign(new Error(`${code} (-2) loading '${url}'`), { code, errno: -2, url }));
    };
    const ended = () => loaded.reject(new Error(`ERR_FAILED (-2) loading '${url}'`));
    const succeed = () => loaded.resolve();
    this.once('did-finish-load', succeed);
    this.once('destroyed', ended);
    this.once('-load-failed', fail);
    loaded.promise.catch(() => {});
    try {
      if (!this.#page.beginWith(url)) {
        await this.#page.attached;
        const { errorText, isDownload } = await this.#page.send('Page.navigate', { url: toWire(url) });
        if (errorText && !isDownload) fail(errorText.replace('net::', ''));
      }
      await loaded.promise;
    } finally {
      this.off('did-finish-load', succeed).off('destroyed', ended).off('-load-failed', fail);
    }
  }
  loadFile(file: string, { query, search, hash }: any = {}) {
    const url = pathToFileURL(path.resolve(app.getAppPath(), file));
    if (query) url.search = new URLSearchParams(query).toString();
    if (search) url.search = search;
    if (hash) url.hash = hash;
    return this.loadURL(url.href);
  }

  get ipc() {
    return this.#ipc.own;
  }
  get mainFrame() {
    return this.#frame;
  }
  getURL() {
    return this.#url;
  }
  getTitle() {
    return this.#title;
  }
  isLoading() {
    return this.#loading;
  }
  isLoadingMainFrame() {
    return this.#loading;
  }
  isDestroyed() {
    return this.#destroyed;
  }
  isCrashed() {
    return this.#crashed;
  }
  /** The answer would have to come from the page. */
  forcefullyCrashRenderer() {
    void this.#page.send('Page.crash').catch(() => {});
  }
  isFocused() {
    return this.owner?.isFocused() ?? false;
  }
  getOwnerBrowserWindow() {
    return this.owner;
  }
  getType() {
    return 'window' as const;
  }
  getLastWebPreferences() {
    return this.#preferences;
  }
  setWindowOpenHandler(handler: (details: any) => { action: 'allow' | 'deny' }) {
    this.#navigation.openHandler = handler;
  }
  executeJavaScript(code: string, userGesture = false): Promise<any> {
    return this.#page.evaluate({ expression: code, userGesture }, wireSource, wire.decode);
  }
  async capturePage() {
    await this.#page.attached;
    const { data } = await this.#page.send('Page.captureScreenshot', { format: 'png' });
    return nativeImage.createFromBuffer(Buffer.from(data, 'base64'));
  }
  reload() {
    void this.#page.send('Page.reload');
  }
  reloadIgnoringCache() {
    void this.#page.send('Page.reload', { ignoreCache: true });
  }
  stop() {
    void this.#page.send('Page.stopLoading');
  }
  setUserAgent(userAgent: string) {
    void this.#page.send('Network.setUserAgentOverride', { userAgent });
  }
  setZoomFactor() {}
  setZoomLevel() {}
  setVisualZoomLevelLimits() {
    return Promise.resolve();
  }
  openDevTools() {
    this.emit('devtools-opened');
  }
  closeDevTools() {}
  isDevToolsOpened() {
    return false;
  }
  toggleDevTools() {}
  focus() {
    this.owner?.focus();
  }
  close({ waitForBeforeUnload = false }: { waitForBeforeUnload?: boolean } = {}) {
    void this.closeTarget(waitForBeforeUnload);
  }
  async closeTarget(beforeUnload = true) {
    if (!this.#destroyed) await this.#page.close(beforeUnload);
  }
  setBounds(bounds: object) {
    return this.#page.setBounds(bounds);
  }
}
