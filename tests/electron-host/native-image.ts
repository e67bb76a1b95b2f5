import fs from 'node:fs';
import { strict } from './unsupported.ts';

/** Holds the file it was made from; nothing is decoded. */
export class NativeImage {
  #data: Buffer;
  #template = false;
  constructor(data: Buffer) {
    this.#data = data;
  }
  isEmpty() {
    return this.#data.length === 0;
  }
  toPNG() {
    return this.#data;
  }
  toDataURL() {
    return `data:image/png;base64,${this.#data.toString('base64')}`;
  }
  getSize() {
    const isPng = this.#data.length > 24 && this.#data.toString('latin1', 1, 4) === 'PNG';
    return isPng
      ? { width: this.#data.readUInt32BE(16), height: this.#data.readUInt32BE(20) }
      : { width: 0, height: 0 };
  }
  resize() {
    return this;
  }
  setTemplateImage(flag: boolean) {
    this.#template = flag;
  }
  isTemplateImage() {
    return this.#template;
  }
  get isMacTemplateImage() {
    return this.#template;
  }
  addRepresentation() {}
}

export const nativeImage = strict('nativeImage', {
  createEmpty: () => new NativeImage(Buffer.alloc(0)),
  createFromPath: (file: string) => new NativeImage(fs.existsSync(file) ? fs.readFileSync(file) : Buffer.alloc(0)),
  createFromBuffer: (data: Buffer) => new NativeImage(data),
  createFromDataURL: (url: string) => new NativeImage(Buffer.from(url.split(',')[1] ?? '', 'base64')),
});
