/** What nobody has caught: the process ends for an exception, and goes on for a promise that failed with nobody waiting. */
import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { Product } from './product.ts';

/** Comes before the product and, when asked by a file, does what a fault in the product would. */
const fault = path.join(tmpdir(), `traygate-fault-${process.pid}.mjs`);
const asked = (kind: string) => `${fault}.${kind}`;
const kinds = ['timer', 'promise'] as const;
writeFileSync(
  fault,
  `import { existsSync, rmSync } from 'node:fs';
   setInterval(() => {
     const wanted = (kind) => existsSync('${fault}.' + kind) && (rmSync('${fault}.' + kind), true);
     if (wanted('promise')) Promise.reject(new Error('left alone with sk-0123456789abcdef'));
     if (wanted('timer')) throw new Error('thrown with sk-0123456789abcdef');
   }, 20).unref();`,
);
after(() => [fault, ...kinds.map(asked)].forEach((file) => rmSync(file, { force: true })));

const streamed = {
  model: 'local/script',
  stream: true,
  messages: [{ role: 'user', content: 'REPEAT 3 word\nWAIT 20000\nREPEAT 1 end' }],
};
const echo = { model: 'local/echo', messages: [{ role: 'user', content: 'still here' }] };
const logOf = (product: Product): string => readFileSync(path.join(product.dataDir, 'logs/traygate.log'), 'utf8');

async function inFlight(product: Product): Promise<void> {
  while (!(await product.rows()).some(({ outcome, firstToken }) => outcome === 'active' && firstToken !== null))
    await new Promise((resolve) => setTimeout(resolve, 20));
}

test('F100: after an exception nobody caught, running answers end with an error frame and the process with 70', async () => {
  const product = await Product.start({ NODE_OPTIONS: `--import ${fault}` });
  const answer = product.chat(streamed);
  await inFlight(product);
  writeFileSync(asked('timer'), '');
  const { text } = await answer;
  assert.match(text, /"content":"word"/);
  assert.match(text, /"code":"internal_error"/);
  assert.doesNotMatch(text, /thrown with|\[DONE\]/);
  while (product.running) await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(product.exitCode, 70);
  assert.match(logOf(product), /"level":60.*thrown with \[key\]/);
  assert.doesNotMatch(logOf(product) + product.output, /0123456789abcdef/);

  const again = await Product.start({}, undefined, { home: product.home });
  assert.deepEqual(
    (await again.rows()).map(({ outcome }) => outcome),
    ['failed'],
  );
  await again.stop();
});

test('F100: a promise that failed with nobody waiting is logged, and everybody else is answered', async () => {
  const product = await Product.start({ NODE_OPTIONS: `--import ${fault}` });
  try {
    writeFileSync(asked('promise'), '');
    while (!logOf(product).includes('nobody waited')) await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal((await product.chat(echo)).status, 200);
    assert.doesNotMatch(logOf(product) + product.output, /0123456789abcdef/);
  } finally {
    await product.stop();
  }
});
