import { call } from './backend.ts';

/** `navigator.clipboard` is missing on plain HTTP from another computer; the old way still works there. */
function copyByTextarea(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.readOnly = true;
  area.className = 'fixed top-0 -left-full';
  document.body.append(area);
  const opener = document.activeElement;
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  if (opener instanceof HTMLElement) opener.focus();
  return copied;
}

export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyByTextarea(text);
  }
}

/** On the desktop the key goes from the gateway to the clipboard without passing through the page. */
export async function copyKey(): Promise<boolean> {
  const { copied, value } = await call('clientKey.copy');
  if (copied) return true;
  return value === null ? false : await copyText(value);
}
