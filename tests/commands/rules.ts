/** What is done with each command of the documents: it is run, or it is said why it is not. The first rule that fits decides. */
import type { Workshop } from './workshop.ts';

interface Run {
  readonly command: RegExp;
  readonly run: (shop: Workshop, command: string) => Promise<void>;
}
interface Excuse {
  readonly command: RegExp;
  /** Why it cannot be run here without a network, or where else it is. */
  readonly why: string;
}

const running = /Base URL +http\S+\/v1[\s\S]*Data /;
/** Ports and folders of the documents are somebody's. */
const elsewhere = (shop: Workshop, command: string): string =>
  [command.replace(/ --port \d+/, ''), '--port 0']
    .join(' ')
    .replace(/--data-dir \S+/, `--data-dir ${shop.place('data')}`)
    .replace(/--config FILE/, () => `--config ${shop.file('config.yaml', 'behaviour: { thinking: separate }\n')}`);
const oldServer = (shop: Workshop): string =>
  shop.file('old/tokens.txt', 'a-token-0123456789\n').replace(/\/[^/]+$/, '');

export const rules: readonly (Run | Excuse)[] = [
  { command: /^curl /, run: (shop, command) => shop.answered(command) },
  { command: /^npm start -- --headless/, run: (shop, command) => shop.stays(elsewhere(shop, command), running) },
  { command: /^npx traygate --headless/, run: (shop, command) => shop.stays(elsewhere(shop, command), running) },
  {
    command: /^npx traygate import --from \S+/,
    run: (shop, command) =>
      shop.ends(command.replace(/--from \S+/, `--from ${oldServer(shop)}`), /tokens\.txt:1 #\w+ +(?:added|already so)/),
  },
  { command: /^npx traygate import$/, run: (shop, command) => shop.ends(`${command} --help`, /^Usage: /m) },
  { command: /^npm run licences$/, run: (shop, command) => shop.ends(command, /MIT/) },
  { command: /^npm run sim$/, run: (shop, command) => shop.stays(`${command} -- 0`, /Ctrl\+C stops them/) },

  { command: /^npm (?:ci|install)\b/, why: 'fetches packages from the registry' },
  { command: /^npx install-electron$/, why: 'fetches Electron' },
  { command: /^npm start$/, why: 'tests/api/start.test.ts runs it, tests/e2e with a desktop' },
  { command: /^npm pack$|^traygate (?:--headless|import)$/, why: 'tests/api/start.test.ts runs it' },
  { command: /^npm test\b|^node tests\/run\.ts --unit$|^npm run (?:lint|typecheck|docs:check)$/, why: 'this test is part of it' },
  { command: /^npm run format$/, why: 'changes the checkout; npm test runs it with --check' },
  { command: /^npm run demo$/, why: 'tests/demo.test.ts runs it' },
  { command: /^(?:TRAYGATE_FAULTS=all )?node --test tests\/\S+\.test\.ts$/, why: 'npm test runs the file' },
  { command: /^npm run test:(?:faults|kill)$/, why: 'takes many minutes; npm test runs the same files with fewer cases' },
  { command: /^node tests\/(?:faults\/list|acceptance)\.ts$/, why: 'writes a document anew, which a test compares' },
  { command: /^(?:BENCH_\w+=.* )?npm run (?:bench\b|soak)/, why: 'measures for minutes, and means nothing beside other work' },
  { command: /^npm run package/, why: 'packs for minutes; the workflows run it' },
  { command: /^npm run test:clients\b/, why: 'installs other programs from the registry' },
  { command: /^(?:\w+=\S+ )*(?:claude|codex|ccr|opencode) |^export /, why: 'npm run test:clients runs it' },
  { command: /^(?:docker|kubectl) /, why: 'needs Docker or a cluster; tests/deploy.test.ts reads the files, tests/e2e/container.spec.ts runs what the image runs' },
  { command: /^deploy\/start\.sh$/, why: 'tests/e2e/container.spec.ts runs it' },
]; // prettier-ignore
