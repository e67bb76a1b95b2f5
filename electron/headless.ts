/** The server entry (Docker, CI, a machine without a display): the same gateway, its window in a browser. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import packageJson from '../package.json' with { type: 'json' };
import { createGateway } from './gateway/gateway.ts';
import { setupLastResort } from './gateway/last-resort.ts';
import { importCommand } from './gateway/migrate/command.ts';
import { createConfStore } from './gateway/settings/conf-store.ts';
import { forgetSecrets, readEnvironment } from './gateway/settings/dotenv.ts';
import { defaultDataDir } from './gateway/settings/data-dir.ts';
import { named } from './gateway/http/listeners.ts';
import { type Gateway, StartError } from './gateway/shell.ts';
import { privateFile, privateFolder } from './gateway/storage/private-files.ts';
import { surviveFileLimit } from './gateway/storage/file-limit.ts';
import { headlessKeyKeeper } from './gateway/storage/key-file.ts';
import { limitYoungHeap } from './gateway/young-heap.ts';

const usage = `Usage: npm start -- --headless [--port PORT] [--host ADDRESS] [--data-dir FOLDER] [--config FILE]

  --port      port to listen on (default 8080, or LISTEN_PORT)
  --host      address to listen on (default 127.0.0.1 and ::1)
  --data-dir  folder for settings, tokens and logs
  --config    YAML or JSON file with settings, providers, tokens and keys (docs/configuration.md)

       npm start -- import --from FOLDER     takes over a Python server (docs/migration.md)
`;

function readArguments() {
  try {
    const options = {
      headless: { type: 'boolean' },
      port: { type: 'string' },
      host: { type: 'string' },
      'data-dir': { type: 'string' },
      config: { type: 'string' },
      help: { type: 'boolean' },
      version: { type: 'boolean' },
    } as const;
    const { values } = parseArgs({ options, strict: true });
    const port = values.port === undefined ? undefined : Number(values.port);
    if (port !== undefined && !(/^\d{1,5}$/.test(values.port ?? '') && port <= 65_535))
      throw new Error('--port must be a number from 0 to 65535.');
    return { ...values, port };
  } catch (error) {
    throw new StartError('usage', `${error instanceof Error ? error.message : String(error)}\n${usage}`, 64);
  }
}

async function main(): Promise<void> {
  if (process.argv[2] === 'import') {
    const environment = readEnvironment(process.cwd(), process.env);
    process.exitCode = await importCommand(process.argv.slice(3), environment, (text) => process.stdout.write(text));
    return;
  }
  const values = readArguments();
  if (values.help || values.version) {
    process.stdout.write(values.help ? usage : `${packageJson.version}\n`);
    return;
  }
  limitYoungHeap();
  surviveFileLimit();
  const environment = readEnvironment(process.cwd(), process.env);
  forgetSecrets(process.env);
  process.report.excludeEnv = true;
  const dataDir = path.resolve(values['data-dir'] ?? defaultDataDir(process.platform, process.env));
  privateFolder(dataDir);
  const built = path.join(import.meta.dirname, '..');
  const gateway = await createGateway({
    kind: 'headless',
    version: packageJson.version,
    dataDir,
    environment,
    keyKeeper: headlessKeyKeeper(dataDir, environment['TRAYGATE_SECRET_KEY']?.trim() || undefined),
    settings: createConfStore(dataDir),
    configFile: values.config,
    overrides: {
      ...(values.host !== undefined && { host: values.host }),
      ...(values.port !== undefined && { port: values.port }),
    },
    windowDir: path.join(built, 'renderer'),
    docsDir: path.join(built, 'docs'),
    connectReplicas: async (url, hearing) => (await import('./gateway/replicas/valkey.ts')).connectValkey(url, hearing),
    logToTerminal: true,
  });
  stopOnSignals(gateway);
  setupLastResort(gateway, () => process.exit(70));
  try {
    await gateway.start();
  } catch (error) {
    await gateway.close();
    throw error;
  }
  announce(gateway, dataDir, Boolean(environment['AUTH_TOKEN']?.trim()));
  followKey(gateway, dataDir);
}

/**
 * The first signal lets running answers finish, a second one does not wait. One within half a second is an echo: the
 * settings library (conf → atomically → when-exit) raises each signal again after its own clean-up.
 */
function stopOnSignals(gateway: Gateway): void {
  let first = 0;
  const stop = () => {
    if (first === 0) {
      first = performance.now();
      gateway.close().then(() => process.exit(0), fail);
    } else if (performance.now() - first > 500) {
      process.exit(0);
    }
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/** Written only when it has changed: a disk that is full would leave an empty file. */
function writeKey(file: string, key: string): void {
  privateFile(file);
  const text = `${key}\n`;
  if (readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
}

/** The file holds the key that is valid now, also after the window has made another. */
function followKey(gateway: Gateway, dataDir: string): void {
  const file = path.join(dataDir, 'client-key');
  let written = gateway.clientKey();
  gateway.hub.subscribe((name) => {
    const key = gateway.clientKey();
    if (name !== 'keys' || key === null || key === written || !existsSync(file)) return;
    written = key;
    writeKey(file, key);
  });
}

/** Says where it listens. The key itself goes to a terminal only; whatever else reads this line is told the file. */
function announce(gateway: Gateway, dataDir: string, fromEnvironment: boolean): void {
  const { baseUrl, version, addresses, portTaken, stranger } = gateway.state();
  const file = path.join(dataDir, 'client-key');
  const key = gateway.clientKey();
  if (key === null || fromEnvironment) rmSync(file, { force: true });
  else writeKey(file, key);
  const shown =
    key === null
      ? 'none is needed (SKIP_AUTH_TOKEN)'
      : fromEnvironment
        ? 'as set by AUTH_TOKEN'
        : process.stdout.isTTY
          ? key
          : `in ${file} (readable by you only)`;
  process.stdout.write(
    [
      `Traygate ${version} is running on ${addresses.join(' and ')}.`,
      `  Base URL  ${baseUrl}/v1`,
      `  Key       ${shown}`,
      `  Window    ${gateway.signInLink()}`,
      '            (this sign-in link works once, within 15 minutes)',
      `  Data      ${dataDir}`,
      ...(portTaken
        ? [`  Port      ${portTaken.port} is used by ${named(portTaken.owner)}, ${portTaken.next} was free`]
        : []),
      ...(stranger
        ? [`  Beware    ${named(stranger.owner)} answers at ${stranger.address}: localhost may mean it`]
        : []),
      '',
    ].join('\n'),
  );
  if (!process.stdin.isTTY) return;
  process.stdout.write('Press Enter for a new sign-in link, Ctrl+C to stop.\n');
  process.stdin.on('data', () => process.stdout.write(`  Window    ${gateway.signInLink()}\n`));
}

// Whoever reads the output may stop doing so (`| head`, a closed terminal); that is no reason to stop answering.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
/** One line and an exit code where the cause is known; anything else is a fault of ours and shows its stack. */
function fail(error: unknown): never {
  const known = error instanceof StartError;
  process.stderr.write(
    `${known ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exit(known ? error.exitCode : 70);
}

// Not a top-level await: a failed start must end in `fail`.
main().catch(fail);
