import { expect } from '@playwright/test';
import type { Product } from './product.ts';

/** A tray as the stand-in for Electron remembers it; the real one cannot be looked at, nor clicked, from a program. */
interface Item {
  readonly id: string;
  readonly label: string;
  readonly checked: boolean;
  readonly enabled: boolean;
  click(): void;
}
interface Menu {
  readonly items: readonly (Item & { readonly submenu?: Menu })[];
  getMenuItemById(id: string): Item | null;
}
interface Notified {
  readonly title: string;
  readonly body: string;
}
interface StandIn {
  readonly standIn?: {
    readonly trays: readonly {
      readonly toolTip: string;
      readonly menu: Menu;
      readonly image: { toDataURL(): string };
    }[];
    readonly notifications: readonly { readonly options: Notified }[];
  };
}

export const needsVisibleTray = 'the tray of a real desktop cannot be read by a program; the menu has tests of its own';

export async function canSeeTray({ app }: Pick<Product, 'app'>): Promise<boolean> {
  return (await app?.evaluate((electron) => 'standIn' in electron)) ?? false;
}

/** The tray's tooltip and its menu's lines; separators are left out. */
export async function trayOf({ app }: Product): Promise<{ toolTip: string; labels: string[] } | undefined> {
  return app?.evaluate((electron) => {
    const tray = (electron as unknown as StandIn).standIn?.trays[0];
    return { toolTip: tray?.toolTip ?? '', labels: tray?.menu.items.flatMap(({ label }) => label || []) ?? [] };
  });
}

/** Some items come a moment after the tray itself. */
export async function clickTray(product: Product, id: string): Promise<void> {
  await expect.poll(() => trayIds(product)).toContain(id);
  const { app } = product;
  await app?.evaluate((electron, wanted) => {
    const item = (electron as unknown as StandIn).standIn?.trays[0]?.menu.getMenuItemById(wanted);
    if (!item) throw new Error(`The tray has no item ${wanted}`);
    item.click();
  }, id);
}

/** The ids of all items, also of those in menus below. */
export async function trayIds({ app }: Product): Promise<string[]> {
  const ids = await app?.evaluate((electron) => {
    const idsIn = (menu: Menu | undefined): string[] =>
      menu?.items.flatMap(({ id, submenu }) => [...(id ? [id] : []), ...idsIn(submenu)]) ?? [];
    return idsIn((electron as unknown as StandIn).standIn?.trays[0]?.menu);
  });
  return ids ?? [];
}

/** The pictures of the five states differ, so one that is shown can be told from the others. */
export async function trayPicture({ app }: Product): Promise<string | undefined> {
  return app?.evaluate((electron) => (electron as unknown as StandIn).standIn?.trays[0]?.image.toDataURL());
}

/** What the system has been asked to tell the user. */
export async function notificationsOf({ app }: Pick<Product, 'app'>): Promise<Notified[]> {
  const told = await app?.evaluate((electron) =>
    (electron as unknown as StandIn).standIn?.notifications.map(({ options: { title, body } }) => ({ title, body })),
  );
  return told ?? [];
}

export async function isChecked({ app }: Product, id: string): Promise<boolean | undefined> {
  return app?.evaluate(
    (electron, wanted) => (electron as unknown as StandIn).standIn?.trays[0]?.menu.getMenuItemById(wanted)?.checked,
    id,
  );
}
