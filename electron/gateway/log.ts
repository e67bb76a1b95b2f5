import { closeSync, existsSync, fstatSync, openSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pino, { type Logger } from 'pino';
import { redact } from './exchange/redact.ts';
import { privateFile, privateFolder } from './storage/private-files.ts';

const maxBytes = 10 * 1024 * 1024;
const kept = 3;

/** What JSON leaves as it is and a terminal or an editor acts on: controls, marks that turn the direction of writing, line ends. */
const acting = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
const escaped = (line: string): string =>
  line.replaceAll(acting, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** `traygate.log` becomes `traygate.1.log` and so on when it has grown. */
function rotate(file: string): void {
  if (!existsSync(file) || statSync(file).size < maxBytes) return;
  const numbered = (at: number) => (at === 0 ? file : file.replace(/\.log$/, `.${at}.log`));
  for (let at = kept - 1; at >= 0; at--) if (existsSync(numbered(at))) renameSync(numbered(at), numbered(at + 1));
}

/**
 * The log file, written line by line. A line that cannot be written (a full disk) is lost and nothing else: pino's own
 * destination would end the process, hold the lines in memory without end, and try for ever when it is closed.
 */
function openFile(file: string): { write(line: string): void; close(): void } {
  let descriptor: number | null = null;
  let size = 0;
  let closed = false;
  const close = () => {
    // Never kept: the system gives the number to the next file or socket.
    const open = descriptor;
    descriptor = null;
    if (open !== null) closeSync(open);
  };
  const open = (): number => {
    close();
    rotate(file);
    privateFile(file);
    descriptor = openSync(file, 'a');
    ({ size } = fstatSync(descriptor));
    return descriptor;
  };
  open();
  return {
    write(line) {
      if (closed) return;
      try {
        writeFileSync(descriptor === null || size >= maxBytes ? open() : descriptor, line);
        size += Buffer.byteLength(line);
      } catch {
        // Nowhere to say so.
      }
    },
    close: () => {
      closed = true;
      close();
    },
  };
}

/** An error without what libraries hang on it (headers, bodies, URLs): class, code, redacted message and stack. */
function plainError(error: unknown): object {
  if (!(error instanceof Error)) return { message: redact(String(error), 500) };
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  const cause = error.cause === undefined ? {} : { cause: plainError(error.cause) };
  return {
    name: error.name,
    message: redact(error.message, 500),
    ...code,
    stack: redact(error.stack ?? '', 4_000),
    ...cause,
  };
}

export interface Log {
  readonly logger: Logger;
  close(): void;
}

/** Structured log in `<dataDir>/logs/traygate.log` (0600). No prompt, answer, token or key is ever handed to it; errors are redacted. */
export function createLog(dataDir: string, options: { readonly debug: boolean; readonly terminal: boolean }): Log {
  const folder = path.join(dataDir, 'logs');
  privateFolder(folder);
  const file = path.join(folder, 'traygate.log');
  const level = options.debug ? 'debug' : 'info';
  const destination = openFile(file);
  const shown = (to: { write(line: string): unknown }) => ({ write: (line: string) => void to.write(escaped(line)) });
  const streams: pino.StreamEntry[] = [{ level, stream: shown(destination) }];
  if (options.terminal) streams.push({ level: options.debug ? 'debug' : 'warn', stream: shown(process.stderr) });
  const logger = pino(
    { level, base: { pid: process.pid }, serializers: { err: plainError } },
    pino.multistream(streams),
  );
  return { logger, close: () => destination.close() };
}
