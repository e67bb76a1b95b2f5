// Windows as nobody sees them: shown, hidden, focused and minimised are remembered, not acted upon.
import { app } from './app.ts';
import { preventable } from './preventable.ts';
import { StrictEmitter } from './unsupported.ts';
import { WebContents } from './web-contents.ts';

type Rectangle = { x: number; y: number; width: number; height: number };

const windows = new Map<number, BrowserWindow>();
let nextId = 0;
/** While the app quits, the last window to go does not start a second quit. */
let quitting = false;

const safe = { contextIsolation: true, sandbox: true, nodeIntegration: false, webSecurity: true } as const;

function checkedPreferences(wanted: any = {}) {
  const preferences = { ...safe, ...wanted };
  for (const [key, value] of Object.entries(safe)) {
    if (preferences[key] !== value)
      throw new Error(`Electron host: webPreferences.${key}=${preferences[key]} is not provided`);
  }
  return preferences;
}

export class BrowserWindow extends StrictEmitter {
  static getAllWindows = () => [...windows.values()];
  static fromId = (id: number) => windows.get(id) ?? null;
  static fromWebContents = (contents: WebContents) => contents?.owner ?? null;
  static getFocusedWindow = () => [...windows.values()].find((window) => window.isFocused()) ?? null;

  readonly id = ++nextId;
  readonly webContents: WebContents;
  #options: any;
  #visible: boolean;
  #minimized = false;
  #maximized = false;
  #fullscreen = false;
  #focused: boolean;
  #closed = false;
  #painted = false;
  #title: string;
  #bounds: Rectangle;
  #onTop = false;

  constructor(options: any = {}) {
    super();
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    this.setMaxListeners(0);
    this.#options = options;
    this.#visible = options.show !== false;
    this.#focused = this.#visible;
    this.#title = options.title ?? app.name;
    this.#bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width ?? 800, height: options.height ?? 600 };
    const { width, height } = this.#bounds;
    this.webContents = new WebContents(checkedPreferences(options.webPreferences), { width, height });
    this.webContents.owner = this;
    windows.set(this.id, this);
    app.emit('browser-window-created', {}, this);
    if (this.#visible) queueMicrotask(() => this.emit('show'));
  }

  firstPaint() {
    if (this.#painted) return;
    this.#painted = true;
    this.emit('ready-to-show');
  }
  loadURL(url: string) {
    return this.webContents.loadURL(url);
  }
  loadFile(file: string, options?: object) {
    return this.webContents.loadFile(file, options);
  }
  reload() {
    this.webContents.reload();
  }

  show() {
    this.#become(true);
    this.focus();
  }
  showInactive() {
    this.#become(true);
  }
  hide() {
    this.#become(false);
  }
  #become(visible: boolean) {
    if (this.#closed) throw new TypeError('Object has been destroyed');
    if (this.#visible === visible) return;
    this.#visible = visible;
    if (!visible) this.blur();
    this.emit(visible ? 'show' : 'hide');
  }
  isVisible() {
    return this.#visible;
  }
  focus() {
    if (!this.#visible || this.#focused) return;
    this.#focused = true;
    this.emit('focus', {});
    app.emit('browser-window-focus', {}, this);
  }
  blur() {
    if (!this.#focused) return;
    this.#focused = false;
    this.emit('blur', {});
    app.emit('browser-window-blur', {}, this);
  }
  isFocused() {
    return this.#focused && !this.#closed;
  }
  minimize() {
    this.#minimized = true;
    this.#place({ windowState: 'minimized' });
    this.emit('minimize');
  }
  restore() {
    this.#minimized = false;
    this.#place({ windowState: 'normal' });
    this.emit('restore');
  }
  isMinimized() {
    return this.#minimized;
  }
  maximize() {
    this.#maximized = true;
    this.emit('maximize');
  }
  unmaximize() {
    this.#maximized = false;
    this.emit('unmaximize');
  }
  isMaximized() {
    return this.#maximized;
  }
  setFullScreen(flag: boolean) {
    this.#fullscreen = flag;
  }
  isFullScreen() {
    return this.#fullscreen;
  }
  setAlwaysOnTop(flag: boolean) {
    this.#onTop = flag;
  }
  isAlwaysOnTop() {
    return this.#onTop;
  }
  isEnabled() {
    return true;
  }
  isDestroyed() {
    return this.#closed;
  }
  isResizable() {
    return this.#options.resizable ?? true;
  }

  getTitle() {
    return this.#title;
  }
  get title() {
    return this.#title;
  }
  setTitle(title: string) {
    this.#title = title;
  }
  getBounds() {
    return { ...this.#bounds };
  }
  getNormalBounds() {
    return { ...this.#bounds };
  }
  getContentBounds() {
    return { ...this.#bounds };
  }
  getSize() {
    return [this.#bounds.width, this.#bounds.height];
  }
  getPosition() {
    return [this.#bounds.x, this.#bounds.y];
  }
  setSize(width: number, height: number) {
    this.setBounds({ width, height });
  }
  setPosition(x: number, y: number) {
    this.setBounds({ x, y });
  }
  setBounds(bounds: Partial<Rectangle>) {
    Object.assign(this.#bounds, bounds);
    this.#place(this.#bounds);
    this.emit('resize');
    this.emit('move');
  }
  #place(bounds: object) {
    void this.webContents.setBounds(bounds).catch(() => {});
  }
  center() {}
  setMinimumSize() {}
  setMenu() {}
  removeMenu() {}
  setMenuBarVisibility() {}
  setAutoHideMenuBar() {}
  setIcon() {}
  setSkipTaskbar() {}
  flashFrame() {}
  setBackgroundColor() {}
  setProgressBar() {}
  setOverlayIcon() {}
  setContentProtection() {}
  setVisibleOnAllWorkspaces() {}
  setTitleBarOverlay() {}
  moveTop() {}
  capturePage() {
    return this.webContents.capturePage();
  }

  /** The user pressing the window's X, or window.close(): the app may refuse. */
  close() {
    if (this.#closed) return;
    const event = preventable();
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
    return !event.defaultPrevented;
  }
  destroy() {
    void this.webContents.closeTarget(false);
  }
  closed() {
    if (this.#closed) return;
    this.#closed = true;
    this.#visible = false;
    this.#focused = false;
    windows.delete(this.id);
    this.emit('closed');
    if (windows.size > 0 || quitting) return;
    if (app.listenerCount('window-all-closed') === 0) app.quit();
    else app.emit('window-all-closed');
  }
}

app.closeAllWindows = async () => {
  quitting = true;
  try {
    for (const window of BrowserWindow.getAllWindows()) {
      const gone = new Promise<void>((resolve) => window.once('closed', () => resolve()));
      if (window.isDestroyed()) continue;
      if (!window.close()) return false;
      await gone;
    }
    return true;
  } finally {
    quitting = false;
  }
};
