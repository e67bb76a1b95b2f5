import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { GatewayState } from '../../shared/state.ts';
import { backupFolder } from './backup/folder.ts';
import { openStorage } from './backup/recover-database.ts';
import { Border } from './border.ts';
import { thinkingModeOf } from './chat/thinking.ts';
import { toolModeOf } from './chat/tools/plan.ts';
import { Catalogues } from './catalogues.ts';
import { AddedProviders } from './control/added-providers.ts';
import { Care, knownHosts } from './care.ts';
import { createDispatch } from './control/dispatch.ts';
import { createHandlers } from './control/handlers.ts';
import { createHub } from './control/hub.ts';
import { Jobs } from './control/jobs.ts';
import { Sessions } from './control/sessions.ts';
import { Problems } from './control/problems.ts';
import { baseUrlOf, providerState } from './control/state.ts';
import { TokenKeeper } from './control/tokens.ts';
import { anthropicMessages } from './dialects/anthropic-messages/dialect.ts';
import type { Dialect } from './dialects/dialect.ts';
import { openaiChat } from './dialects/openai-chat/dialect.ts';
import { createOpenaiResponses } from './dialects/openai-responses/dialect.ts';
import { ExchangeFeed } from './exchange/feed.ts';
import { createApp } from './http/app.ts';
import { dialectOf } from './http/dialect-of.ts';
import { checkReach } from './http/reach.ts';
import { windowRouter } from './http/window.ts';
import { ClientKeys } from './keys/client-keys.ts';
import { fixedKeys } from './keys/fixed-keys.ts';
import { createKeyStore } from './keys/store.ts';
import { createLifecycle } from './lifecycle.ts';
import { createLog } from './log.ts';
import { createNetwork } from './network/undici-network.ts';
import { createTokenStore } from './pool/token-store.ts';
import type { ProviderContext } from './providers/provider.ts';
import { checkDestination } from './providers/wire/shared/destination.ts';
import { createAddedProvider, createProviders } from './providers/registry.ts';
import { renamingClash } from './providers/zai/renaming.ts';
import { Radar } from './radar/radar.ts';
import { ItemMemory } from './recall.ts';
import { openReplicas } from './replicas/open.ts';
import { createRouter } from './router.ts';
import { type Config, readConfig } from './settings/config/read.ts';
import { readEnvironmentSecrets, readEnvironmentSettings } from './settings/environment.ts';
import { networkOptions } from './settings/network.ts';
import { SettingsDesk } from './settings/desk.ts';
import { type Fixed, Settings } from './settings/settings.ts';
import { readTokensFile } from './settings/tokens-file.ts';
import { type CreateGateway, type Gateway, type Shell, StartError } from './shell.ts';
import { Sources } from './sources.ts';
import { SteadyClock } from './steady-clock.ts';
import { lockFolder } from './storage/lock.ts';
import { privateFolder } from './storage/private-files.ts';
import { sweep } from './storage/safe-write.ts';
import { createSealer } from './storage/sealer.ts';
import { createMemory, createSecrets, forgiving } from './storage/secrets.ts';
import { Upkeep } from './upkeep.ts';
import { Watch } from './watch.ts';

const stateMs = 100;

function fixedBy(shell: Shell, config: Config | null): Fixed[] {
  const { host, port } = shell.overrides;
  return [
    ...(config?.fixed ?? []),
    ...readEnvironmentSettings(shell.environment),
    ...(host === undefined ? [] : [{ path: 'server.host' as const, value: host, by: '--host' }]),
    ...(port === undefined ? [] : [{ path: 'server.port' as const, value: port, by: '--port' }]),
  ];
}

/** Settings + storage + pools + providers + HTTP = a gateway that can be started and stopped. Throws StartError. */
export const createGateway: CreateGateway = async (shell) => {
  // Everything that can be wrong with the settings is found before anything is written.
  const configFile = shell.configFile ?? shell.environment['TRAYGATE_CONFIG']?.trim();
  const config = configFile ? readConfig(path.resolve(configFile), shell.environment) : null;
  const settings = new Settings(shell.settings, fixedBy(shell, config));
  const environment = readEnvironmentSecrets(shell.environment);
  const host = () => settings.get('server.host');
  checkReach({ host: host(), keyRequired: settings.get('server.keyRequired'), chosen: fixedKeys(environment, config) });
  const clash = renamingClash(settings.get('providers.zai.modelNames'));
  if (clash !== undefined) throw new StartError('model_names_clash', clash, 78);
  privateFolder(shell.dataDir);
  const lock = lockFolder(shell.dataDir);
  const log = createLog(shell.dataDir, { debug: settings.get('logs.debug'), terminal: shell.logToTerminal });
  const logger = log.logger;
  for (const folder of [shell.dataDir, backupFolder(shell.dataDir)]) sweep(folder);
  const { database, recovered } = openStorage(shell.dataDir, { unclean: lock.unclean, now: Date.now() });
  const sealer = createSealer(await shell.keyKeeper.load());
  const secrets = createSecrets(database, sealer);
  const memory = createMemory(database);
  const network = createNetwork(networkOptions(settings, () => ownPorts()));
  const clock = new SteadyClock();
  const hub = createHub((error) => logger.error({ err: error }, 'event listener failed'));
  const life = new AbortController();
  /** The API formats spoken; the first one shapes errors of routes that belong to none. */
  const dialects: readonly [Dialect, ...Dialect[]] = [
    openaiChat,
    createOpenaiResponses(new ItemMemory()),
    anthropicMessages,
  ];

  const store = createTokenStore(database, sealer);
  const tokensChanged = (provider: GatewayState['providers'][number]['id']) => {
    hub.emit('tokens', { provider });
    stateChanged();
  };
  const context: ProviderContext = { network, log: logger, memory: forgiving(memory, logger) };
  const replicas = openReplicas(shell, environment.redisUrl, { clock, changed: stateChanged, log: logger });
  const sources = new Sources(createProviders(context, settings), {
    settings,
    store,
    clock,
    make: (added) => createAddedProvider(context, added),
    changed: tokensChanged,
    replicas,
    unsaved: (error) => logger.error({ err: error }, 'the health of tokens could not be saved'),
  });
  const catalogues = new Catalogues({
    sources: () => sources.list().filter(({ provider }) => sources.isEnabled(provider.id)),
    changed: (source) => {
      hub.emit('models', { provider: source.provider.id });
      stateChanged();
    },
    signal: life.signal,
  });
  const jobs = new Jobs({ signal: life.signal, progress: (job) => hub.emit('job', job) });
  const tokens = new TokenKeeper({
    store,
    keeping: () => sources.keeping(),
    changed: tokensChanged,
    hosts: () => knownHosts(settings),
    jobs,
  });
  importTokens();
  for (const { provider, secrets: found } of config?.tokens ?? [])
    tokens.addExternal(provider, found, config?.file ?? '');

  const ownPorts = () => [lifecycle.running.port];
  const checkAddress = async (baseUrl: string) => void (await checkDestination(baseUrl, { ownPorts }));
  const added = new AddedProviders({
    settings,
    sources,
    tokens,
    // What a service is asked before it is saved leaves nothing behind.
    make: (provider) => createAddedProvider({ ...context, memory: new Map() }, provider),
    checkAddress,
    refreshModels: (source) => void catalogues.refresh(source),
    signal: life.signal,
  });

  const upkeep = new Upkeep({
    shell,
    database,
    sealer,
    recovered,
    settings,
    store,
    sources,
    tokens,
    memory,
    hub,
    checkAddress,
    refreshModels: (source) => void catalogues.refresh(source),
    tokensChanged: () => sources.list().forEach(({ provider }) => tokensChanged(provider.id)),
    log: logger,
  });

  const problems = new Problems();
  const feed = new ExchangeFeed({
    history: upkeep.history,
    publish: (rows) => {
      if (rows.filter((row) => problems.learn(row)).length > 0) stateChanged();
      hub.emit('exchanges', rows);
    },
    inFlightChanged: () => stateChanged(),
    finished(row) {
      keys.finished(row);
      care.finished(row);
    },
    unsaved: (error) => logger.error({ err: error }, 'exchanges could not be saved; they are kept in memory'),
  });
  const router = createRouter(
    () => sources.list(),
    (provider) => sources.isEnabled(provider),
    {
      own: () => settings.get('models.aliases'),
      useDefaults: () => settings.get('models.defaultAliases'),
      off: () => settings.get('models.off'),
    },
  );
  const requests = new Map<string, AbortController>();
  const keys = new ClientKeys({
    store: createKeyStore(database),
    secrets,
    fixed: fixedKeys(environment, config),
    required: () => settings.get('server.keyRequired'),
    running: requests,
    clock: Date.now,
    changed() {
      hub.emit('keys', null);
      stateChanged();
    },
    unsaved: (error) => logger.error({ err: error }, 'the use of client keys could not be saved'),
  });
  const clientKey = () => (settings.get('server.keyRequired') ? keys.defaultValue : null);
  const sessions = new Sessions(
    environment.adminPassword,
    clock.now,
    () => settings.get('server.sessionHours') * 3_600_000,
    context.memory,
  );
  const instance = memory.get('instance') ?? randomBytes(4).toString('hex');
  if (memory.get('instance') === undefined) memory.set('instance', instance);

  const lifecycle = createLifecycle({
    app: () => app,
    speaks: dialectOf(dialects, settings.get('server.rootPath')),
    host,
    port: () => settings.get('server.port'),
    busy: () => settings.get('server.portBusy'),
    requests,
    changed: () => stateChanged(),
    log: logger,
  });
  const { running } = lifecycle;
  const border = new Border({ settings, host, port: () => running.port, changed: () => stateChanged(), log: logger });
  const radar = new Radar({
    sources: () => sources.list().filter(({ provider }) => sources.isEnabled(provider.id)),
    memory: context.memory,
    everyHours: () => settings.get('radar.everyHours'),
    running: () => running.status === 'running',
    exchangeChanged: feed.changed,
    requests,
    refreshModels: (source, signal) => catalogues.refresh(source, signal),
    changed: (found) => hub.emit('radar', found),
    log: logger,
  });

  const state = (): GatewayState => ({
    ...running,
    addresses: [...running.addresses],
    shell: shell.kind,
    version: shell.version,
    pid: process.pid,
    host: host(),
    baseUrl: baseUrlOf(host(), running.port, settings.get('server.rootPath')),
    inFlight: feed.inFlight,
    keyEnding: clientKey()?.slice(-4) ?? null,
    keyRequired: settings.get('server.keyRequired'),
    dialects: dialects.map(({ id }) => id),
    secretStorage: shell.keyKeeper.kind,
    providers: sources.list().map((source) => providerState(source, settings, problems)),
    locked: settings.locked(),
    language: settings.get('ui.language'),
    theme: settings.get('ui.theme'),
    recovered: upkeep.recoveries.list(),
    guessing: border.guessing(),
    clockOff: network.clockOff(),
    replicas: replicas?.state ?? null,
  });

  let told: NodeJS.Timeout | null = null;
  /** Told at most ten times a second, however many requests come and go. */
  function stateChanged(): void {
    told ??= setTimeout(() => {
      told = null;
      hub.emit('state', state());
    }, stateMs).unref();
  }
  settings.subscribe((changed) => {
    stateChanged();
    if (changed === 'radar.everyHours') radar.arm();
    care.changed(changed);
  });

  function importTokens(): void {
    for (const { variable, provider, from } of environment.tokens) {
      const found = 'token' in from ? [from.token] : readTokensFile(path.resolve(from.file), variable);
      if (found === null) logger.warn(`${variable} names a file that does not exist; it counts as empty`);
      else logger.info({ added: tokens.addExternal(provider, found, variable) }, `tokens read from ${variable}`);
    }
  }

  const care = new Care({
    settings,
    sources,
    tokens,
    jobs,
    sessions,
    memory: context.memory,
    state,
    exchanges: (limit) => feed.list(limit, null),
    exchange: (id) => feed.get(id),
    clientKey,
    shell,
    keys,
    models: () => router.list().map(({ name }) => name),
    emit: (name, payload) => hub.emit(name, payload),
    secrets: () => [...keys.values(), ...environment.hidden],
    tokensFile: shell.environment['AUTH_TOKENS_FILE']?.trim() || null,
    dataDir: shell.dataDir,
    log: logger,
  });

  const watch = new Watch({
    clock,
    renewConnections: () => network.renew(),
    rearm() {
      radar.arm();
      care.rearm();
      upkeep.rearm();
    },
    log: logger,
  });

  const app = createApp({
    administration: care.routes(),
    border,
    keys,
    visits: care.connect.visits,
    dialects,
    chat: {
      log: logger,
      instance,
      resolve: (name) => lifecycle.unlessPaused(() => router.resolve(name)),
      changed: feed.changed,
      captures: upkeep.captures,
      running: requests,
      thinking: (model) =>
        thinkingModeOf(
          { general: settings.get('behaviour.thinking'), models: settings.get('behaviour.thinkingModels') },
          model,
        ),
      tools: () => settings.get('behaviour.tools'),
      toolMode: (model) =>
        toolModeOf({ general: settings.get('behaviour.toolMode'), models: settings.get('behaviour.toolModes') }, model),
      attempts: () => settings.get('retry.attempts'),
      scanLimit: () => settings.get('behaviour.scanLimit'),
      longestMs: () => settings.get('network.answerSeconds') * 1000,
      mark: care.trials.mark,
    },
    models: router,
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

  async function start(port?: number): Promise<void> {
    checkReach({ host: host(), keyRequired: settings.get('server.keyRequired'), chosen: keys.chosen() });
    await replicas?.start();
    await lifecycle.start(port);
    lock.announce(state().baseUrl);
    watch.start();
    sources.warm();
    upkeep.start();
    radar.arm();
    care.start();
    catalogues.start();
  }

  async function stop(options: { now?: boolean } = {}): Promise<void> {
    watch.stop();
    radar.stop();
    care.stop();
    catalogues.stop();
    await lifecycle.stop(options);
    feed.flush();
  }

  const desk = new SettingsDesk({
    settings,
    checkReach: (at, keyRequired) => checkReach({ host: at, keyRequired, chosen: keys.chosen() }),
    move: (to) => lifecycle.move(to),
    renewNetwork: () => network.renew(),
    changed: (change) => hub.emit('setting', change),
  });
  const answerCall = createDispatch(
    createHandlers({
      shell,
      settings,
      sources,
      tokens,
      added,
      feed,
      radar,
      care,
      keys,
      desk,
      network,
      sessions,
      running: requests,
      clientKey,
      state,
      start,
      stop,
      pause: (paused) => lifecycle.pause(paused),
      refreshModels: (source, signal) => catalogues.refresh(source, signal),
      moved(source) {
        source.pool?.renew();
        problems.forget(source.provider.id);
        void catalogues.refresh(source, AbortSignal.timeout(20_000));
      },
      cleared: () => hub.emit('cleared', null),
      upkeep,
      changed: stateChanged,
    }),
    logger,
  );
  const dispatch = upkeep.durable(answerCall);

  let closing: Promise<void> | null = null;
  const close: Gateway['close'] = (options = {}) => {
    closing ??= (async () => {
      await stop(options);
      life.abort();
      care.close();
      await sources.close();
      feed.flush();
      upkeep.close();
      keys.flush();
      await network.close();
      if (told) clearTimeout(told);
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
    async failed(error) {
      await lifecycle.fail(error);
      feed.flush();
    },
    resumed: () => watch.resumed(),
    complain: (error) => logger.error({ err: error }, 'nobody waited for this failure'),
    dispatch,
    hub,
    state,
    clientKey,
    signInLink: () => `${state().baseUrl}/ui/#/sign-in?code=${sessions.createCode()}`,
  };
};
