import { EventEmitter } from 'node:events';
import { app } from './app.ts';
import { host } from './host.ts';

let nextCommandId = 0;

export class MenuItem {
  id: string;
  label: string;
  sublabel: string;
  type: any;
  role: any;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  toolTip: string;
  accelerator: any;
  icon: any;
  submenu: Menu | undefined;
  menu!: Menu;
  commandId = ++nextCommandId;
  /** A function with any arguments, as Electron declares it. */
  click: Function;

  constructor(options: any) {
    this.role = options.role;
    this.id = options.id ?? '';
    this.label = options.label ?? options.role ?? '';
    this.sublabel = options.sublabel ?? '';
    this.toolTip = options.toolTip ?? '';
    this.type = options.type ?? (options.submenu ? 'submenu' : 'normal');
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    this.accelerator = options.accelerator;
    this.icon = options.icon;
    const { submenu } = options;
    this.submenu = Array.isArray(submenu) ? Menu.buildFromTemplate(submenu) : submenu;
    this.click = (event: object = {}, window?: unknown) => {
      if (!this.enabled) return;
      this.#tick();
      if (this.role === 'quit') app.quit();
      else options.click?.(this, window, event);
    };
  }

  /** The system changes a checkbox or a radio button before the app hears of it. */
  #tick() {
    if (this.type === 'checkbox') this.checked = !this.checked;
    if (this.type !== 'radio') return;
    for (const other of this.menu.items) if (other.type === 'radio') other.checked = false;
    this.checked = true;
  }
}

export class Menu extends EventEmitter {
  static #application: Menu | null = null;
  static setApplicationMenu(menu: Menu | null) {
    Menu.#application = menu;
  }
  static getApplicationMenu() {
    return Menu.#application;
  }
  static buildFromTemplate(template: any[]) {
    const menu = new Menu();
    for (const item of template) menu.append(item instanceof MenuItem ? item : new MenuItem(item));
    return menu;
  }

  items: MenuItem[] = [];
  append(item: MenuItem) {
    this.insert(this.items.length, item);
  }
  insert(at: number, item: MenuItem) {
    item.menu = this;
    this.items.splice(at, 0, item);
  }
  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      if (item.id === id) return item;
      const below = item.submenu?.getMenuItemById(id);
      if (below) return below;
    }
    return null;
  }
  popup() {
    host.popups.push(this);
    this.emit('menu-will-show', {});
  }
  closePopup() {
    this.emit('menu-will-close', {});
  }
}
