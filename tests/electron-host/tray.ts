import { app } from './app.ts';
import { host } from './host.ts';
import type { Menu } from './menu.ts';
import { nativeImage, type NativeImage } from './native-image.ts';
import { StrictEmitter } from './unsupported.ts';

export class Tray extends StrictEmitter {
  image!: NativeImage;
  menu: Menu | null = null;
  toolTip = '';
  title = '';
  #destroyed = false;

  constructor(image: NativeImage | string) {
    super();
    if (!app.isReady()) throw new Error('Cannot create Tray before app is ready');
    this.setImage(image);
    host.trays.push(this);
  }
  setImage(image: NativeImage | string) {
    this.image = typeof image === 'string' ? nativeImage.createFromPath(image) : image;
    if (typeof image === 'string' && this.image.isEmpty()) throw new Error(`Failed to load image from path '${image}'`);
  }
  setContextMenu(menu: Menu | null) {
    this.menu = menu;
  }
  setToolTip(text: string) {
    this.toolTip = text;
  }
  setTitle(text: string) {
    this.title = text;
  }
  getTitle() {
    return this.title;
  }
  popUpContextMenu(menu?: Menu) {
    (menu ?? this.menu)?.popup();
  }
  getBounds() {
    return { x: 0, y: 0, width: 22, height: 22 };
  }
  setPressedImage() {}
  setIgnoreDoubleClickEvents() {}
  displayBalloon() {}
  focus() {}
  closeContextMenu() {}
  destroy() {
    this.#destroyed = true;
    host.trays = host.trays.filter((tray) => tray !== this);
  }
  isDestroyed() {
    return this.#destroyed;
  }
}

export class Notification extends StrictEmitter {
  static isSupported() {
    return true;
  }
  options: any;
  constructor(options: any = {}) {
    super();
    this.options = options;
  }
  show() {
    host.notifications.push(this);
    this.emit('show', {});
  }
  close() {
    this.emit('close', {});
  }
}
