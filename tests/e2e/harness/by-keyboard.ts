import { expect, type Locator, type Page } from '@playwright/test';

/** Whether what has the focus shows it, and can be seen. */
async function focusShows(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    if (focused === null || focused === document.body) return null;
    const name = `${focused.tagName} “${(focused.getAttribute('aria-label') ?? focused.textContent).trim().slice(0, 40)}”`;
    const box = focused.getBoundingClientRect();
    const inside = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
    if (!inside) return `${name} is out of sight`;
    const ring = (style: CSSStyleDeclaration) =>
      style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 1;
    const around = [focused, focused.parentElement, focused.parentElement?.parentElement];
    const shown =
      ring(getComputedStyle(focused, '::after')) ||
      around.some(
        (element) =>
          element && (ring(getComputedStyle(element)) || element.matches('[data-highlighted], :has(> :focus-visible)')),
      );
    return shown ? null : `${name} does not show that it has the focus`;
  });
}

/** Tab until it has the focus, as somebody without a mouse does; every stop on the way must show itself. */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await target.first().waitFor();
  for (let stop = 0; stop < 150; stop++) {
    if (await target.first().evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
    expect(await focusShows(page)).toBeNull();
  }
  throw new Error(`${target.toString()} cannot be reached with ${key}.`);
}

export async function pressOn(page: Page, target: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

/** Goes to a page of the rail by its number. A browser keeps Ctrl+1 for itself. */
export async function hotkeyTo(page: Page, digit: number, title: string, shell: 'desktop' | 'headless'): Promise<void> {
  await page.keyboard.press(`${shell === 'desktop' ? 'ControlOrMeta' : 'Alt+Shift'}+Digit${digit}`);
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
}
