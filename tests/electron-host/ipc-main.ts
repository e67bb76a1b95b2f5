import { EventEmitter } from 'node:events';

export type Handler = (event: any, ...args: any[]) => unknown;

export class IpcMain extends EventEmitter {
  readonly handlers = new Map<string, Handler>();

  constructor() {
    super();
    this.setMaxListeners(0);
    this.on('error', () => {});
  }
  handle(channel: string, handler: Handler) {
    if (this.handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    if (typeof handler !== 'function')
      throw new TypeError(`Expected handler to be a function, but found type '${typeof handler}'`);
    this.handlers.set(channel, handler);
  }
  handleOnce(channel: string, handler: Handler) {
    this.handle(channel, (...args) => {
      this.removeHandler(channel);
      return handler(...args);
    });
  }
  removeHandler(channel: string) {
    this.handlers.delete(channel);
  }
}

export const ipcMain = new IpcMain();
