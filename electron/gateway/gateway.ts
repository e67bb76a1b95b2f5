import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { GatewayState } from '../../shared/state.ts';
import { ChatError } from './chat/errors.ts';
import { createDispatch } from './control/dispatch.ts';
import { createHandlers } from './control/handlers.ts';
import { createHub } from './control/hub.ts';
import { Sessions } from './control/sessions.ts';
import { baseUrlOf, isEnabled, type Problems, providerState, type Running } from './control/state.ts';
import { TokenKeeper } from './control/tokens.ts';
import { openaiChat } from './dialects/openai-chat/dialect.ts';
import { ExchangeFeed } from './exchange/feed.ts';
import { createHistory } from './exchange/history.ts';
import { createApp } from './http/app.ts';
import { type Listeners, listen } from './http/listeners.ts';
import { windowRouter } from './http/window.ts';
import { clientKeys, defaultClientKey } from './keys.ts';
import { createLog } from './log.ts';
import { createNetwork } from './network/undici-network.ts';
import { createPools } from './pools.ts';
import { createTokenStore } from './pool/token-store.ts';
import { createProviders } from './providers/registry.ts';
import { createRouter } from './router.ts';
import { readEnvironmentSecrets, readEnvironmentSettings } from './settings/environment.ts';
import { type Fixed, Settings } from './settings/settings.ts';
import { readTokensFile } from './settings/tokens-file.ts';
import { type CreateGateway, type Gateway, type Shell, StartError } from './shell.ts';
import { openDatabase, privateFolder } from './storage/database.ts';
import { lockFolder } from './storage/lock.ts';
import { createSealer } from './storage/sealer.ts';
import { createMemory, createSecrets } from './storage/secrets.ts';

const drainMs = 10_000;
const isLoopback = (host: string): boolean => /^(localhost|127(\.\d+){3}|::1)$/.test(host);

function fixedBy(shell: Shell): Fixed[] {
  const { host, port } = shell.overrides;
  return [
    ...readEnvironmentSettings(shell.environment),
    ...(host === undefined ? [] : [{ path: 'server.host' as const, value: host, by: '--host' }]),
    ...(port === undefined ? [] : [{ path: 'server.port' as const, value: port, by: '--port' }]),
  ];
}

/** Settings + storage + pools + providers + HTTP = a gateway that can be started and stopped. Throws StartError. */
export const createGateway: CreateGateway = async (shell) => {
  // Everything that can be wrong with the settings is found before anything is written.
  const settings = new Settings(shell.settings, fixedBy(shell));
  const environment = readEnvironmentSecrets(shell.environment);
  const host = settings.get('server.host');
  if (!isLoopback(host) && !settings.get('server.keyRequired')) {
    throw new StartError(
      'lan_requires_key',
      `SKIP_AUTH_TOKEN is for this computer only, but ${host} can be reached from others. Remove it, or listen on 127.0.0.1.`,
      78,
    );
  }
  privateFolder(shell.dataDir);
  const lock = lockFolder(shell.dataDir);
  const log = createLog(shell.dataDir, { debug: settings.get('logs.debug'), terminal: shell.logToTerminal });
  const logger = log.logger;
  const database = openDatabase(shell.dataDir);
  const sealer = createSealer(await shell.keyKeeper.load());
  const secrets = createSecrets(database, sealer);
  const memory = createMemory(database);
  const network = createNetwork({ proxy: settings.get('network.proxy') ?? undefined });
  const hub = createHub((error) => logger.error({ err: error }, 'event listener failed'));
  const life = new AbortController();

  const store = createTokenStore(database, sealer);
  const tokensChanged = (provider: GatewayState['providers'][number]['id']) => {
    hub.emit('tokens', { provider });
    stateChanged();
  };
  const pools = createPools(
    createProviders({ network, log: logger, memory }, settings),
    settings,
    store,
    tokensChanged,
  );
  const { sources } = pools;
  const tokens = new TokenKeeper({
    store,
    keeping: new Map(
      sources.flatMap(({ provider, pool }) => (pool ? [[provider.id, { provider, pool, letter: 'Z' }] as const] : [])),
    ),
    changed: tokensChanged,
    signal: life.signal,
  });
  importTokensFile();

  const problems: Problems = new Map();
  const history = createHistory(database, () => settings.get('logs.keep'));
  const feed = new ExchangeFeed({
    history,
    publish: (rows) => {
      for (const row of rows) noteProblem(row.attempts.at(-1));
      hub.emit('exchanges', rows);
    },
    inFlightChanged: () => stateChanged(),
  });
  const router = createRouter(sources, (provider) => isEnabled(settings, provider));
  const defaultKey = defaultClientKey(environment, secrets);
  const keys = clientKeys(defaultKey, environment, settings.get('server.keyRequired'));
  const clientKey = () => (settings.get('server.keyRequired') ? defaultKey : null);
  const requests = new Map<string, AbortController>();
  const sessions = new Sessions(environment.adminPassword, Date.now);
  const instance = memory.get('instance') ?? randomBytes(4).toString('hex');
  memory.set('instance', instance);

  const running: Running = {
    status: 'stopped',
    error: null,
    port: settings.get('server.port'),
    addresses: [],
    startedAt: null,
  };
  let listeners: Listeners | null = null;

  const state = (): GatewayState => ({
    ...running,
    addresses: [...running.addresses],
    shell: shell.kind,
    version: shell.version,
    pid: process.pid,
    host,
    baseUrl: baseUrlOf(host, running.port, settings.get('server.rootPath')),
    inFlight: feed.inFlight,
    keyEnding: clientKey()?.slice(-4) ?? null,
    keyRequired: settings.get('server.keyRequired'),
    secretStorage: shell.keyKeeper.kind,
    providers: sources.map((source) => providerState(source, settings, problems)),
    locked: settings.locked(),
    language: settings.get('ui.language'),
    theme: settings.get('ui.theme'),
  });

  let told: NodeJS.Immediate | null = null;
  /** Several changes of one turn are told once. */
  function stateChanged(): void {
    told ??= setImmediate(() => {
      told = null;
      hub.emit('state', state());
    });
  }
  settings.subscribe(stateChanged);

  function noteProblem(
    attempt:
      | {
          provider: keyof typeof problemOf;
          failure: { code: string; blame: string; message: string } | null;
          ended: number | null;
        }
      | undefined,
  ): void {
    if (!attempt || attempt.ended === null) return;
    const { failure, provider } = attempt;
    const known = problems.get(provider);
    if (failure && problemOf[provider].has(failure.blame))
      problems.set(provider, { code: failure.code, message: failure.message, at: Date.now() });
    else if (!failure) problems.delete(provider);
    if (known?.code !== problems.get(provider)?.code) stateChanged();
  }

  function importTokensFile(): void {
    if (environment.zaiTokensFile === null) return;
    const found = readTokensFile(path.resolve(environment.zaiTokensFile));
    if (found === null) logger.warn('AUTH_TOKENS_FILE names a file that does not exist; it counts as empty');
    else
      logger.info({ added: tokens.addExternal('zai', found, 'AUTH_TOKENS_FILE') }, 'tokens read from AUTH_TOKENS_FILE');
  }

  const app = createApp({
    guard: {
      port: () => running.port,
      allowedHosts: () => [...settings.get('server.allowedHosts'), ...(isLoopback(host) ? [] : [host])],
      anyPort: () => !isLoopback(host),
    },
    keys: () => keys,
    dialects: [openaiChat],
    chat: {
      resolve: (name) => router.resolve(name),
      changed: feed.changed,
      running: requests,
      thinking: () => settings.get('behaviour.thinking'),
      tools: () => settings.get('behaviour.tools'),
    },
    models: () => router.models(),
    rootPath: settings.get('server.rootPath'),
    docsDir: shell.docsDir,
    window:
      shell.windowDir === null
        ? null
        : windowRouter({
            folder: shell.windowDir,
            dispatch: (name, input) => dispatch(name, input),
            hub,
            sessions,
            instance,
          }),
    stopping: () => running.status === 'stopping',
    log: logger,
  });

  const change = (next: Partial<Running>) => {
    Object.assign(running, next);
    stateChanged();
  };

  async function start(): Promise<void> {
    if (running.status === 'running' || running.status === 'starting') return;
    change({ status: 'starting', error: null });
    try {
      listeners = await listen(app, host, settings.get('server.port'));
    } catch (error) {
      const known =
        error instanceof StartError
          ? error
          : new StartError('start_failed', 'The gateway could not start; the log has the details.', 70);
      if (known !== error) logger.error({ err: error }, 'start failed');
      change({ status: 'error', error: { code: known.code, message: known.message } });
      throw known;
    }
    change({ status: 'running', port: listeners.port, addresses: listeners.addresses, startedAt: Date.now() });
    lock.announce(state().baseUrl);
    logger.info({ addresses: listeners.addresses, version: shell.version }, 'running');
    for (const { provider } of sources)
      if (isEnabled(settings, provider.id)) void provider.refreshModels(life.signal).then(stateChanged);
  }

  async function stop({ now = false } = {}): Promise<void> {
    const open = listeners;
    if (!open || running.status !== 'running') return;
    change({ status: 'stopping' });
    const abort = () => {
      for (const request of requests.values()) request.abort(new ChatError('shutting_down', 'Traygate is stopping.'));
    };
    const drained = open.drain();
    if (now) abort();
    const abortLate = setTimeout(abort, drainMs);
    const destroyLate = setTimeout(() => open.destroy(), now ? 1_000 : drainMs + 1_000);
    await Promise.race([drained, idle()]);
    // What is left are event streams of windows and idle keep-alive connections.
    open.destroy();
    await drained;
    clearTimeout(abortLate);
    clearTimeout(destroyLate);
    listeners = null;
    feed.flush();
    change({ status: 'stopped', addresses: [], startedAt: null });
    logger.info('stopped');
  }

  /** Resolves when no request is being answered and the last bytes of finished ones have left. */
  async function idle(): Promise<void> {
    while (requests.size > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }

  const dispatch = createDispatch(
    createHandlers({
      shell,
      settings,
      sources,
      tokens,
      feed,
      running: requests,
      clientKey,
      state,
      start,
      stop,
      stateChanged,
    }),
    logger,
  );

  let closing: Promise<void> | null = null;
  const close: Gateway['close'] = (options = {}) => {
    closing ??= (async () => {
      await stop(options);
      life.abort();
      await pools.close();
      feed.flush();
      await network.close();
      if (told) clearImmediate(told);
      database.close();
      lock.release();
      log.close();
    })();
    return closing;
  };

  return {
    start,
    stop,
    close,
    dispatch,
    hub,
    state,
    clientKey,
    signInLink: () => `${state().baseUrl}/ui/#/sign-in?code=${sessions.createCode()}`,
  };
};

/** Blames that say something about the provider as a whole. */
const aboutProvider = new Set(['captcha', 'client-version', 'network', 'provider']);
const problemOf = { zai: aboutProvider, local: new Set<string>() } as const;
