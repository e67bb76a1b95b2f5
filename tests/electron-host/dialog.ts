import fs from 'node:fs';
import { host } from './host.ts';
import { strict } from './unsupported.ts';

/** The window a dialog belongs to comes first, and may be left out. */
function ask<T>(kind: string, args: any[], fallback: T): T {
  host.dialogs.push({ kind, options: args.at(-1) });
  return host.answers.length > 0 ? host.answers.shift() : fallback;
}
const noMessage = { response: 0, checkboxChecked: false };

export const dialog = strict('dialog', {
  showMessageBox: async (...args: any[]) => ask('message', args, noMessage),
  showMessageBoxSync: (...args: any[]) => ask('message', args, noMessage).response,
  showOpenDialog: async (...args: any[]) => ask('open', args, { canceled: true, filePaths: [] as string[] }),
  showSaveDialog: async (...args: any[]) => ask('save', args, { canceled: true, filePath: '' }),
  showErrorBox: (title: string, content: string) => {
    host.dialogs.push({ kind: 'error', options: { title, content } });
    console.error(`${title}\n${content}`);
  },
});

export const shell = strict('shell', {
  openExternal: async (url: string) => {
    host.opened.push(url);
  },
  openPath: async (file: string) => {
    host.opened.push(file);
    return '';
  },
  showItemInFolder: (file: string) => {
    host.opened.push(file);
  },
  beep: () => {},
  trashItem: async (file: string) => {
    fs.rmSync(file, { recursive: true });
  },
});
