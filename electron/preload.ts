import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import type { Wire, wireGlobal } from '../shared/contract.ts';

// A page that is not kept apart from this script, and from the system, gets no bridge.
if (!process.contextIsolated || !process.sandboxed) throw new Error('The window is not sandboxed.');

// The whole bridge. The main process decides which names exist, so this file need not know them.
const wire: Wire = {
  call: (name, input) => ipcRenderer.invoke('call', name, input),
  listen(listener) {
    const relay = (_event: IpcRendererEvent, name: string, payload: unknown): void => {
      listener(name, payload);
    };
    ipcRenderer.on('event', relay);
    return () => {
      ipcRenderer.off('event', relay);
    };
  },
};

// Only the type is imported: the constant's module would bring the whole contract, and zod, into every page.
contextBridge.exposeInMainWorld('traygate' satisfies typeof wireGlobal, wire);
