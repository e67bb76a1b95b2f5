// Messages between the app and the preload script of one page.
import { ipcMain, IpcMain } from './ipc-main.ts';
import { fromWire } from './protocol.ts';
import type { PageTarget } from './page-target.ts';
import type { WebContents } from './web-contents.ts';
import { WebFrameMain } from './web-frame-main.ts';
import { wire } from './wire.ts';

export class PageIpc {
  /** webContents.ipc: handlers of this page alone. */
  readonly own = new IpcMain();
  #contents: WebContents;
  #page: PageTarget;
  /** The preload script's world in the present document. */
  #context: number | undefined;

  constructor(contents: WebContents, page: PageTarget) {
    this.#contents = contents;
    this.#page = page;
    page.on('message', (method: string, params: any) => this.#onMessage(method, params));
  }

  send(channel: string, args: unknown[]) {
    const packed = wire.encode(args);
    if (this.#context !== undefined) this.#call(this.#context, 'deliver', channel, packed);
  }

  #onMessage(method: string, params: any) {
    switch (method) {
      case 'Runtime.bindingCalled':
        if (params.name === this.#page.secret) this.#receive(JSON.parse(params.payload), params.executionContextId);
        return;
      case 'Runtime.executionContextCreated': {
        const { name, auxData, id } = params.context;
        if (name === 'ElectronPreload' && auxData.frameId === this.#page.targetId) this.#context = id;
        return;
      }
      case 'Runtime.executionContextDestroyed':
        if (this.#context === params.executionContextId) this.#context = undefined;
        return;
      case 'Runtime.executionContextsCleared':
        this.#context = undefined;
    }
  }

  #receive({ kind, channel, id, args, url }: any, context: number) {
    const values = wire.decode(args);
    if (kind === 'title') return this.#contents.retitle(values[0]);
    if (kind === 'preload-error') return void this.#contents.emit('preload-error', {}, channel, values[0]);
    const event = this.#eventFrom(fromWire(url));
    if (kind === 'send') {
      this.#contents.emit('ipc-message', event, channel, ...values);
      this.own.emit(channel, event, ...values);
      ipcMain.emit(channel, event, ...values);
      return;
    }
    const reply = (body: object) => this.#call(context, 'answer', id, wire.encode(body));
    const refuse = (error: unknown) => {
      console.error(`Error occurred in handler for '${channel}':`, error);
      reply({ error: String(error) });
    };
    const handler = this.own.handlers.get(channel) ?? ipcMain.handlers.get(channel);
    if (!handler) return refuse(new Error(`No handler registered for '${channel}'`));
    new Promise((resolve) => resolve(handler(event, ...values))).then((result) => reply({ result })).catch(refuse);
  }

  #eventFrom(url: string) {
    return {
      type: 'frame',
      sender: this.#contents,
      senderFrame: new WebFrameMain(this.#contents, url),
      processId: 1,
      frameId: 1,
      ports: [],
      reply: (channel: string, ...args: unknown[]) => this.#contents.send(channel, ...args),
    };
  }

  #call(contextId: number, name: string, ...args: unknown[]) {
    const expression = `__electronHost.${name}(${args.map((arg) => JSON.stringify(arg)).join()})`;
    void this.#page.send('Runtime.evaluate', { contextId, expression }).catch(() => {});
  }
}
