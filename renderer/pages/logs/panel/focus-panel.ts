export const panelId = 'exchange-panel';

/** After Enter in the list; the panel may only be there with the next frame. */
export function focusPanel(): void {
  setTimeout(() => document.querySelector<HTMLElement>(`#${panelId}`)?.focus(), 50);
}
