import { parseArgs } from 'node:util';

export interface Arguments {
  /** Start in the tray, without a window. */
  readonly hidden: boolean;
  readonly dataDir?: string;
  readonly host?: string;
  readonly port?: number;
}

/** A command line that cannot be meant; the process ends with 64, as sysexits has it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new UsageError(`--port must be a number from 0 to 65535, not "${text}"`);
  return port;
}

/** Not strict: Chromium's and Electron's own switches stand in the same line and are none of our business. */
export function readArguments(argv: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...argv],
    strict: false,
    allowPositionals: true,
    options: {
      hidden: { type: 'boolean' },
      'data-dir': { type: 'string' },
      host: { type: 'string' },
      port: { type: 'string' },
    },
  });
  const given = (name: 'data-dir' | 'host' | 'port'): string | undefined => {
    const value = values[name];
    if (value === undefined) return undefined;
    if (typeof value !== 'string' || value === '') throw new UsageError(`--${name} needs a value`);
    return value;
  };
  const dataDir = given('data-dir');
  const host = given('host');
  const port = given('port');
  return {
    hidden: values.hidden === true,
    ...(dataDir !== undefined && { dataDir }),
    ...(host !== undefined && { host }),
    ...(port !== undefined && { port: readPort(port) }),
  };
}
