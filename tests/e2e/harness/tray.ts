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
interface StandIn {
  readonly standIn?: { readonly trays: readonly { readonly toolTip: string; readonly menu: Menu }[] };
}

export const needsVisibleTray = 'the tray of a real desktop cannot be read by a program; the menu has tests of its own';

export async function canSeeTray({ app }: Product): Promise<boolean> {
  return (await app?.evaluate((electron) => 'standIn' in electron)) ?? false;
}

/** The tray's tooltip and its menu's lines; separators are left out. */
export async function trayOf({ app }: Product): Promise<{ toolTip: string; labels: string[] } | undefined> {
  return app?.evaluate((electron) => {
    const tray = (electron as unknown as StandIn).standIn?.trays[0];
    return { toolTip: tray?.toolTip ?? '', labels: tray?.menu.items.flatMap(({ label }) => label || []) ?? [] };
  });
}

export async function clickTray({ app }: Product, id: string): Promise<void> {
  await app?.evaluate((electron, wanted) => {
    const item = (electron as unknown as StandIn).standIn?.trays[0]?.menu.getMenuItemById(wanted);
    if (!item) throw new Error(`The tray has no item ${wanted}`);
    item.click();
  }, id);
}

export async function isChecked({ app }: Product, id: string): Promise<boolean | undefined> {
  return app?.evaluate(
    (electron, wanted) => (electron as unknown as StandIn).standIn?.trays[0]?.menu.getMenuItemById(wanted)?.checked,
    id,
  );
}
