import { readFileSync } from 'node:fs';
import os from 'node:os';
import type { Exchange } from '../../../shared/exchange.ts';
import type { GatewayState } from '../../../shared/state.ts';
import type { Token } from '../../../shared/token.ts';
import type { SettingPath } from '../settings/schema.ts';
import { plainAddress, scrubber } from './scrub.ts';

export interface BundleSources {
  readonly state: () => GatewayState;
  readonly setting: (path: SettingPath) => unknown;
  readonly settingPaths: readonly SettingPath[];
  readonly tokens: () => readonly Token[];
  /** Newest first. */
  readonly exchanges: (limit: number) => readonly Exchange[];
  readonly logFile: string;
  readonly dataDir: string;
  /** Every secret that is known: whatever part of the report holds one loses it. */
  readonly secrets: () => Iterable<string>;
}

const lastExchanges = 200;
const lastLines = 500;
const maxLog = 512 * 1024;

/** What helps to understand a fault: versions, settings, states, the record of requests and the log. No prompt, answer, token, key or account. */
export function supportText(sources: BundleSources, now: number): string {
  const { version, shell, status, error, port, addresses, secretStorage, providers, locked } = sources.state();
  const report = {
    about: {
      product: `Traygate ${version}`,
      at: new Date(now).toISOString(),
      shell,
      system: `${os.type()} ${os.release()} ${process.arch}`,
      node: process.versions.node,
      electron: process.versions['electron'] ?? null,
    },
    gateway: { status, error, port, addresses, secretStorage, fixed: locked },
    settings: Object.fromEntries(sources.settingPaths.map((path) => [path, shown(path, sources.setting(path))])),
    providers,
    tokens: sources.tokens().map(({ account: _account, alias: _alias, ...token }) => token),
    exchanges: sources.exchanges(lastExchanges),
    log: logLines(sources.logFile),
  };
  return scrubber(sources.secrets(), [sources.dataDir])(JSON.stringify(report, null, 2));
}

/** Settings hold no keys, but addresses and headers of the user's own services may. */
function shown(path: SettingPath, value: unknown): unknown {
  if (path === 'network.proxy' && typeof value === 'string') return plainAddress(value);
  if (path !== 'providers.added' || !Array.isArray(value)) return value;
  return value.map((added: { headers?: object; baseUrl?: unknown }) => ({
    ...added,
    baseUrl: plainAddress(String(added.baseUrl)),
    headers: Object.keys(added.headers ?? {}),
  }));
}

function logLines(file: string): unknown[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').slice(-maxLog);
  } catch {
    return [];
  }
  return text
    .split('\n')
    .filter((line) => line !== '')
    .slice(-lastLines)
    .map((line): unknown => {
      try {
        return JSON.parse(line);
      } catch {
        return line;
      }
    });
}
