import type { Wire } from '../../shared/contract.ts';
import { httpWire } from './http-wire.ts';

declare global {
  interface Window {
    /** Put there by the preload script of the desktop shell; a browser has none. */
    readonly traygate?: Wire;
  }
}

export const isDesktop = window.traygate !== undefined;

export const wire: Wire = window.traygate ?? httpWire;
