import { randomUUID } from 'node:crypto';
import { handOver } from '../control/key-calls.ts';
import { type Handlers, Refusal } from '../control/dispatch.ts';
import type { Settings } from '../settings/settings.ts';
import type { Shell } from '../shell.ts';
import type { Trials } from '../trials/trials.ts';
import type { Clients } from './clients.ts';
import { dockerHost } from './fill.ts';

type ClientCall = Extract<keyof Handlers, `clients.${string}`>;

export interface ClientControls {
  readonly clients: Clients;
  readonly shell: Pick<Shell, 'copy' | 'openLink' | 'showFile'>;
  readonly settings: Settings;
  readonly trials: Trials;
}

const testMs = 60_000;

/** What the page Connect can ask and do. */
export function clientHandlers(controls: ClientControls): Pick<Handlers, ClientCall> {
  const { clients, shell, settings, trials } = controls;
  return {
    'clients.list': () => clients.overview(),
    'clients.activity': () => clients.activity.get(),
    'clients.sheet': (choice) => clients.sheet(choice),
    'clients.copy': async ({ part, id, ...choice }) => {
      const { copied, value } = await handOver(shell, clients.part(choice, part, id));
      return { done: copied, value };
    },
    'clients.open': async ({ part, id, ...choice }) => {
      if (part !== 'link') throw new Refusal('Only links can be opened.');
      const url = clients.part(choice, part, id);
      if (!shell.openLink) return { done: false, value: url };
      await shell.openLink(url);
      return { done: true, value: null };
    },
    'clients.preview': ({ fix, ...choice }) => clients.preview(choice, fix),
    'clients.apply': async ({ fix, version, ...choice }) => {
      await clients.apply(choice, fix, version);
      return null;
    },
    'clients.undo': ({ client }) => clients.undo(client),
    'clients.showFile': async ({ client }) => {
      await shell.showFile?.(clients.fileOf(client));
      return null;
    },
    'clients.alias': ({ name, target }) => {
      const others = settings.get('models.aliases').filter(({ pattern }) => pattern !== name);
      settings.set('models.aliases', [{ pattern: name, targets: [target] }, ...others]);
      clients.activity.forgetModel(name);
      return null;
    },
    'clients.allowDocker': () => {
      const hosts = settings.get('server.allowedHosts');
      if (!hosts.includes(dockerHost)) settings.set('server.allowedHosts', [...hosts, dockerHost]);
      return null;
    },
    'clients.keys': () => clients.fresh.list(),
    'clients.newKey': ({ client }) => clients.fresh.make(client),
    'clients.test': async (choice) => {
      const { agent, dialect, body } = clients.request(choice);
      const began = performance.now();
      const { end, exchangeId } = await trials.run(randomUUID(), {
        dialect,
        body,
        agent,
        origin: 'test',
        replayOf: null,
        provider: null,
        token: null,
        toolMode: null,
        timeoutMs: testMs,
      });
      return {
        exchangeId: exchangeId ?? '',
        ok: end?.outcome === 'ok',
        message: end?.failure?.message ?? null,
        took: performance.now() - began,
      };
    },
  };
}
