import { type AboutControls, aboutHandlers } from '../about/about.ts';
import type { GatewayState } from '../../../shared/state.ts';
import { ChatError } from '../chat/errors.ts';
import type { Source } from '../exchange/answer.ts';
import type { ExchangeFeed } from '../exchange/feed.ts';
import { basePath, guestPath, setEnabled } from '../settings/providers.ts';
import type { SettingPath } from '../settings/schema.ts';
import type { Settings } from '../settings/settings.ts';
import type { Shell } from '../shell.ts';
import type { Sources } from '../sources.ts';
import type { Upkeep } from '../upkeep.ts';
import type { Radar } from '../radar/radar.ts';
import type { Care } from '../care.ts';
import type { ClientKeys } from '../keys/client-keys.ts';
import type { AddedProviders } from './added-providers.ts';
import { type Handlers, Refusal } from './dispatch.ts';
import { handOver, keyCalls } from './key-calls.ts';
import { settingCalls, type SettingControls } from './setting-calls.ts';
import { checkKey, sendTest } from './test-request.ts';
import { tokenSecretHandlers } from './token-secrets.ts';
import type { TokenKeeper } from './tokens.ts';
import { createTrialHandlers } from './trials.ts';

export interface Controls extends Pick<SettingControls, 'desk' | 'sessions'>, Pick<AboutControls, 'network'> {
  readonly shell: Shell;
  readonly settings: Settings;
  readonly sources: Sources;
  readonly tokens: TokenKeeper;
  readonly added: AddedProviders;
  readonly feed: ExchangeFeed;
  readonly radar: Radar;
  readonly care: Care;
  readonly keys: ClientKeys;
  readonly running: ReadonlyMap<string, AbortController>;
  readonly clientKey: () => string | null;
  readonly state: () => GatewayState;
  readonly start: (port?: number) => Promise<void>;
  readonly stop: (options: { now: boolean }) => Promise<void>;
  readonly pause: (paused: boolean) => void;
  /** Brings a catalogue up to date and tells every window. */
  readonly refreshModels: (source: Source, signal: AbortSignal) => Promise<void>;
  /** A provider is asked at another address from now on. */
  readonly moved: (source: Source) => void;
  /** Tells every window that the log is empty. */
  readonly cleared: () => void;
  readonly upkeep: Pick<Upkeep, 'backups' | 'captures' | 'transfer' | 'recoveries' | 'figures'>;
  /** The state is no longer what the windows were told. */
  readonly changed: () => void;
}

/** What the window can ask and do: each line of the contract, put to the part that does it. */
export function createHandlers(controls: Controls): Handlers {
  const { shell, settings, tokens, added, feed } = controls;
  const savedTokens = () =>
    [...controls.sources.keeping().keys()].flatMap((id) => tokens.list(id).map((token) => token.id));
  return {
    'state.get': () => controls.state(),
    'totals.get': () => feed.totals(),
    'figures.get': ({ window }) => {
      feed.flush();
      return controls.upkeep.figures.get(window);
    },
    'gateway.start': async (wanted) => {
      await controls.start(wanted?.port);
      if (wanted && settings.locked()['server.port'] === undefined) settings.set('server.port', wanted.port);
      return null;
    },
    'gateway.stop': async ({ now }) => {
      if (shell.kind === 'headless')
        throw new Refusal('The gateway serves this page, so it is stopped where it was started.');
      await controls.stop({ now });
      return null;
    },
    'gateway.pause': ({ paused }) => {
      controls.pause(paused);
      return null;
    },
    'clientKey.copy': async () => {
      const value = controls.clientKey();
      if (value === null) throw new Refusal('No key is needed.');
      return await handOver(shell, value);
    },
    ...keyCalls(controls.keys, shell),
    ...controls.care.connect.handlers(),
    ...settingCalls(controls),
    ...aboutHandlers(controls),
    'tokens.list': ({ provider }) => tokens.list(provider),
    'tokens.diagnose': ({ provider, text, trusting }) => tokens.diagnose(provider, text, trusting),
    'tokens.add': async ({ provider, text, check, trusting, job }) => {
      const lines = await tokens.add(provider, text, { check, trusting, job });
      const source = controls.sources.get(provider);
      // Some services show their models only to who has a key.
      if (source?.provider.models().length === 0) void controls.refreshModels(source, AbortSignal.timeout(20_000));
      return lines;
    },
    'tokens.check': ({ ids, job }) => tokens.check(ids, job),
    'tokens.cancel': ({ job }) => ({ cancelled: controls.care.jobs.cancel(job) }),
    'tokens.maintain': ({ provider, steps, job }) => controls.care.maintenance.run(provider, steps, job),
    'support.preview': () => controls.care.support.preview(),
    'support.save': ({ id }) => {
      const saved = controls.care.support.save(id);
      if (!saved) throw new Refusal('Something else was previewed meanwhile. Read it, then save it.', 'gone');
      return saved;
    },
    'tokens.enable': ({ ids, enabled }) => tokens.enable(ids, enabled),
    'tokens.rename': ({ id, alias }) => tokens.rename(id, alias.trim()),
    'tokens.tune': ({ ids, weight, priority }) => tokens.tune(ids, { weight, priority }),
    'tokens.remove': ({ ids }) => ({ removed: tokens.remove(ids) }),
    ...tokenSecretHandlers(tokens, shell),
    'tokens.restore': ({ ids }) => tokens.restore(ids),
    'provider.enable': ({ provider, enabled }) => {
      setEnabled(settings, provider, enabled);
      return null;
    },
    'providers.added': () => [...added.list()],
    'provider.add': ({ provider, keys }) => added.add(provider, keys),
    'provider.change': async ({ provider }) => {
      await added.change(provider);
      return null;
    },
    'provider.remove': ({ provider }) => {
      added.remove(provider);
      return null;
    },
    'provider.restore': ({ provider }) => {
      added.restore(provider);
      return null;
    },
    'provider.verify': async ({ provider, keys, savedAs }) => {
      const { outcome, reason = null, code = null, models } = await added.verify(provider, keys, savedAs);
      return { outcome, reason, code, models };
    },
    'providers.order': ({ ids }) => {
      settings.set('providers.order', ids);
      return null;
    },
    'provider.guestMode': ({ provider, enabled }) => {
      const path = guestPath(provider, 'guestMode');
      if (path === null) throw new Refusal('This provider has no guest mode.');
      settings.set(path, enabled);
      return null;
    },
    'provider.base': ({ provider, base }) => {
      const path = basePath(provider);
      const source = controls.sources.get(provider);
      if (path === null || !source) throw new Refusal('This provider has one address only.');
      settings.set(path, base);
      controls.moved(source);
      return null;
    },
    'models.list': ({ provider }) => [...(controls.sources.get(provider)?.provider.models() ?? [])],
    'provider.refreshModels': async ({ provider }) => {
      const source = controls.sources.get(provider);
      if (source) await controls.refreshModels(source, AbortSignal.timeout(20_000));
      return null;
    },
    'exchanges.list': ({ limit, before }) => feed.list(limit, before),
    'exchanges.get': ({ id }) => feed.get(id),
    'exchanges.cancel': ({ id }) => {
      const request = controls.running.get(id);
      request?.abort(new ChatError('client_closed', 'Cancelled in the Traygate window.'));
      return { cancelled: request !== undefined };
    },
    'exchanges.bodies': ({ id }) => controls.upkeep.captures.bodies(id),
    'exchanges.clear': () => {
      feed.clear();
      controls.upkeep.captures.clear();
      controls.cleared();
      return null;
    },
    'test.key': () => checkKey(controls.state(), controls.clientKey()),
    'test.send': ({ model, prompt }) => sendTest(controls.state(), controls.clientKey(), model, prompt),
    ...createTrialHandlers(controls.care, settings),
    'radar.get': () => controls.radar.state(),
    'radar.run': async ({ provider }) => {
      if (controls.state().status !== 'running') throw new Refusal('Traygate is not running.', 'not_running');
      return [...(await controls.radar.run(provider))];
    },
    'radar.schedule': ({ everyHours }) => {
      settings.set('radar.everyHours', everyHours);
      return null;
    },
    'backups.list': () => controls.upkeep.backups.list(),
    'backups.make': () => controls.upkeep.backups.make('manual'),
    'backups.preview': ({ id }) => controls.upkeep.backups.preview(id),
    'backups.restore': ({ id }) => controls.upkeep.backups.restore(id),
    'data.export': ({ passphrase }) => controls.upkeep.transfer.export(passphrase),
    'data.preview': ({ text, passphrase }) => controls.upkeep.transfer.preview(text, passphrase),
    'data.import': (file) => controls.upkeep.transfer.import(file.text, file.passphrase, file.settings),
    'data.reset': ({ what }) => {
      const all = what === 'everything';
      controls.upkeep.backups.make('safety');
      if (all || what === 'settings') controls.desk.resetAll();
      if (all || what === 'tokens') tokens.remove(savedTokens());
      if (all || what === 'logs') {
        feed.clear();
        controls.upkeep.captures.clear();
        controls.cleared();
      }
      return null;
    },
    'link.take': () => shell.takeLink?.() ?? null,
    'recovered.dismiss': () => {
      controls.upkeep.recoveries.dismiss();
      controls.changed();
      return null;
    },
    'preferences.set': ({ language, theme }) => {
      // In one save: a process that dies in the middle must not leave half of it.
      const wanted = new Map<SettingPath, unknown>();
      if (language !== undefined) wanted.set('ui.language', language);
      if (theme !== undefined) wanted.set('ui.theme', theme);
      for (const path of wanted.keys()) settings.checkFree(path);
      settings.setAll(wanted);
      return null;
    },
  };
}
