// One clipboard for the app and its pages, as on a desktop. Chromium's can only be reached through a page, so the app's
// side goes through whichever page there is; the right to read is lent to it for that moment only.
import { app } from './app.ts';
import { strict } from './unsupported.ts';
import { WebContents } from './web-contents.ts';

let copied = '';
/** True while `copied` could not be handed to Chromium. */
let kept = false;

async function inPage(expression: string): Promise<unknown> {
  const contents = WebContents.getAllWebContents().at(0);
  if (!contents) throw new Error('no page');
  await app.browser!.send('Browser.grantPermissions', {
    permissions: ['clipboardReadWrite', 'clipboardSanitizedWrite'],
  });
  try {
    return await contents.executeJavaScript(expression, true);
  } finally {
    await app.browser!.send('Browser.resetPermissions');
  }
}

async function writeText(text: string): Promise<void> {
  copied = text;
  kept = await inPage(`navigator.clipboard.writeText(${JSON.stringify(text)})`).then(
    () => false,
    () => true,
  );
}

async function readText(): Promise<string> {
  if (kept) return copied;
  return inPage('navigator.clipboard.readText()').then(String, () => copied);
}

export const clipboard = strict('clipboard', { writeText, readText, clear: () => void writeText('') });
