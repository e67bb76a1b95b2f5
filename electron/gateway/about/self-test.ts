import { randomBytes } from 'node:crypto';
import { rm, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Backup } from '../../../shared/backup.ts';
import type { Checked, Outcome, Reached } from '../../../shared/about.ts';
import type { GatewayState } from '../../../shared/state.ts';
import { checkKey, sendTest } from '../control/test-request.ts';

const lowMegabytes = 500;

export interface SelfTestOptions {
  readonly state: () => GatewayState;
  readonly clientKey: () => string | null;
  readonly dataDir: string;
  /** Of all saved tokens, those whose sealing key is missing. */
  readonly lockedTokens: () => number;
  readonly backups: () => readonly Backup[];
  readonly reach: () => Promise<readonly Reached[]>;
}

const say = (outcome: Outcome, values: Checked['values'] = {}): Checked => ({ outcome, values });
const because = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Checks what Traygate needs, part by part; none waits for another, and none ends the others. */
export function selfTest(options: SelfTestOptions): Promise<Checked[]> {
  const { state, clientKey } = options;
  return Promise.all([address(), key(), answer(), data(), secrets(), disk(), backup(), providers()]);

  /** The own address answers, and it is this process that does. */
  async function address(): Promise<Checked> {
    const { baseUrl, keyRequired } = state();
    const started = performance.now();
    try {
      await checkKey(state(), keyRequired ? clientKey() : null);
      return say('addressOk', { url: baseUrl, ms: Math.round(performance.now() - started) });
    } catch (error) {
      return say('addressFailed', { url: baseUrl, why: because(error) });
    }
  }

  /** Who has the key is let in, and who has a wrong one is not. */
  async function key(): Promise<Checked> {
    if (!state().keyRequired) return say('keyOpen');
    try {
      const [right, wrong] = [await checkKey(state(), clientKey()), await checkKey(state(), 'sk-self-test')];
      return say(right.ok && !wrong.ok ? 'keyOk' : 'keyFailed');
    } catch {
      return say('keyFailed');
    }
  }

  /** A whole request, through the model that needs no provider. */
  async function answer(): Promise<Checked> {
    if (!state().providers.some(({ id, enabled }) => id === 'local' && enabled)) return say('answerOff');
    try {
      const { ok, message } = await sendTest(state(), clientKey(), 'local/echo', 'ping');
      return ok ? say('answerOk') : say('answerFailed', { why: message ?? '' });
    } catch (error) {
      return say('answerFailed', { why: because(error) });
    }
  }

  async function data(): Promise<Checked> {
    const file = path.join(options.dataDir, `.self-test-${randomBytes(4).toString('hex')}`);
    try {
      await writeFile(file, 'self-test', { mode: 0o600, flag: 'wx' });
      await rm(file);
      return say('dataOk', { path: options.dataDir });
    } catch (error) {
      return say('dataFailed', { path: options.dataDir, why: because(error) });
    }
  }

  async function secrets(): Promise<Checked> {
    const locked = options.lockedTokens();
    if (locked > 0) return say('secretsLocked', { locked });
    return say(state().secretStorage === 'plain' ? 'secretsPlain' : 'secretsOk');
  }

  async function disk(): Promise<Checked> {
    try {
      const { bavail, bsize } = await statfs(options.dataDir);
      const megabytes = Math.floor((bavail * bsize) / 1024 / 1024);
      return say(megabytes < lowMegabytes ? 'diskLow' : 'diskOk', { megabytes });
    } catch {
      return say('diskUnknown');
    }
  }

  async function backup(): Promise<Checked> {
    const newest = options.backups().find(({ problem }) => problem === null);
    return newest === undefined ? say('backupNone') : say('backupOk', { at: newest.madeAt });
  }

  async function providers(): Promise<Checked> {
    const reached = await options.reach();
    if (reached.length === 0) return say('providersOff');
    const silent = reached.filter(({ ms }) => ms === null);
    const values = { all: reached.length, reached: reached.length - silent.length };
    const names = silent.map(({ name }) => name).join(', ');
    if (silent.length === 0) return say('providersOk', values);
    return say(silent.length < reached.length ? 'providersSome' : 'providersNone', { ...values, names });
  }
}
