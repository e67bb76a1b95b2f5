/** Runs of many tests: the matrix and the exam, in the gateway, whatever becomes of the window. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, test } from 'node:test';
import { z } from 'zod';
import { examResults } from '../../shared/exam-result.ts';
import { countRun, type RunKind, runDiff, TestRun } from '../../shared/test-runs.ts';
import { type OpenAiSimulator, scripts, startOpenAiSimulator } from '../simulators/openai-upstream/simulator.ts';
import { Product } from './product.ts';

const local = (...names: string[]) => names.map((name) => ({ provider: 'local', model: `local/${name}` }));
const options = { concurrency: 2, timeoutSeconds: 15, stopAfter: null };

describe('runs of tests', () => {
  let product: Product;
  let acme: OpenAiSimulator;
  before(async () => {
    acme = await startOpenAiSimulator({ keys: ['sk-good-good-good-good'] });
    product = await Product.start();
    await product.call('provider.add', {
      provider: { kind: 'openai-compatible', name: 'Acme', baseUrl: `${acme.url}/v1` },
      keys: 'sk-good-good-good-good',
    });
    await product.call('provider.refreshModels', { provider: 'acme' });
  });
  after(async () => {
    await product.stop();
    await acme.close();
  });

  const start = async (input: object) =>
    TestRun.parse(await product.call('runs.start', { kind: 'matrix', options, ...input }));
  const current = async (kind: RunKind = 'matrix') => TestRun.parse(await product.call('runs.current', { kind }));
  const ended = async (kind: RunKind = 'matrix'): Promise<TestRun> => {
    for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(50)) {
      const run = await current(kind);
      if (run.endedAt !== null) return run;
    }
    throw new Error('The run has not ended.');
  };
  const states = (run: TestRun) =>
    Object.fromEntries(run.cells.map(({ row, column, state, code }) => [`${row} ${column}`, code ?? state]));
  const acmeModel = async () => {
    const models = z.array(z.object({ id: z.string() })).parse(await product.call('models.list', { provider: 'acme' }));
    return models[0]?.id ?? '';
  };

  test('each model is asked for what it claims; failures stay where they are; each cell names its request', async () => {
    await start({ models: local('echo', 'think', 'script', 'error-500') });
    const run = await ended();
    assert.deepEqual(states(run), {
      'local/local/echo plain': 'ok',
      'local/local/echo stream': 'ok',
      'local/local/echo thinking': 'skipped',
      'local/local/echo tools': 'skipped',
      'local/local/echo json': 'skipped',
      'local/local/echo vision': 'skipped',
      'local/local/think plain': 'ok',
      'local/local/think stream': 'ok',
      'local/local/think thinking': 'ok',
      'local/local/think tools': 'skipped',
      'local/local/think json': 'skipped',
      'local/local/think vision': 'skipped',
      'local/local/script plain': 'ok',
      'local/local/script stream': 'ok',
      'local/local/script thinking': 'ok',
      'local/local/script tools': 'ok',
      'local/local/script json': 'ok',
      'local/local/script vision': 'skipped',
      'local/local/error-500 plain': 'upstream_error',
      'local/local/error-500 stream': 'upstream_error',
      'local/local/error-500 thinking': 'skipped',
      'local/local/error-500 tools': 'skipped',
      'local/local/error-500 json': 'skipped',
      'local/local/error-500 vision': 'skipped',
    });
    const rows = new Map((await product.rows()).map((row) => [row.id, row]));
    for (const { state, exchangeId, ms } of run.cells) {
      if (state === 'skipped') continue;
      const row = rows.get(exchangeId ?? '');
      assert.deepEqual([row?.purpose, row?.closed], ['test', ms]);
    }
    assert.equal(rows.size, countRun(run).total);
  });

  test('what was fine and is broken now is a difference to the run before', async () => {
    acme.answer(scripts.answer());
    const models = [{ provider: 'acme', model: await acmeModel() }];
    await start({ models, checks: ['plain'] });
    const first = await ended();
    assert.equal(first.cells[0]?.state, 'ok');
    acme.answer(scripts.status(500));
    await start({ models, checks: ['plain'] });
    const second = await ended();
    const [newest, older] = z.array(TestRun).parse(await product.call('runs.history', { kind: 'matrix' }));
    assert.deepEqual([newest?.id, older?.id], [second.id, first.id]);
    assert.deepEqual(runDiff(first, second).map(({ column, now }) => [column, now.state]), [['plain', 'failed']]); // prettier-ignore
  });

  test('a pause begins nothing new, and a stop ends what is under way', async () => {
    const run = await start({ models: local('slow', 'slow', 'slow', 'echo'), checks: ['plain', 'stream'] });
    assert.deepEqual(await product.call('runs.control', { id: run.id, action: 'pause' }), { done: true });
    assert.equal((await current()).status, 'paused');
    assert.equal(await product.tried('runs.start', { kind: 'matrix', models: local('echo'), options }), 'unknown');
    assert.deepEqual(await product.call('runs.control', { id: run.id, action: 'resume' }), { done: true });
    assert.deepEqual(await product.call('runs.control', { id: run.id, action: 'stop' }), { done: true });
    const last = await ended();
    assert.equal(last.status, 'stopped');
    assert.ok(last.cells.every(({ state }) => state === 'skipped'));
    assert.deepEqual(await product.call('runs.control', { id: run.id, action: 'stop' }), { done: false });
  });

  test('it stops by itself after so many failures', async () => {
    const models = local('error-401', 'error-429', 'error-500', 'slow');
    await start({ models, checks: ['plain', 'stream'], options: { ...options, concurrency: 1, stopAfter: 2 } });
    const run = await ended();
    assert.equal(run.status, 'stopped');
    assert.deepEqual(countRun(run), { total: 2, done: 2, ok: 0, failed: 2 });
  });

  test('local/script passes the exam in the mode it was made for, and the mode is suggested and set', async () => {
    await start({ kind: 'exam', models: local('script') });
    const run = await ended('exam');
    const native = run.cells.filter(({ row }) => row.endsWith('#native'));
    assert.deepEqual(native.map(({ column, code }) => [column, code]).filter(([, code]) => code !== null), []); // prettier-ignore
    const [result] = examResults(run);
    assert.deepEqual([result?.suggested, result?.usual], ['native', 'native']);
    assert.equal(await product.call('model.toolMode', { model: 'local/script', mode: 'injected' }), null);
    await start({ kind: 'exam', models: local('script'), modes: ['native'] });
    assert.equal((await ended('exam')).rows[0]?.usual, 'injected');
    assert.equal(await product.call('model.toolMode', { model: 'LOCAL/script', mode: null }), null);
  });

  test('in words a model gets no tools in its fields, whatever is set for it', async () => {
    acme.answer(scripts.answer({ text: 'I cannot.' }));
    const model = await acmeModel();
    for (const [mode, fields] of [
      ['native', true],
      ['injected', false],
    ] as const) {
      acme.seen.length = 0;
      await start({ kind: 'exam', models: [{ provider: 'acme', model }], modes: [mode] });
      const run = await ended('exam');
      assert.equal(run.cells.length, 10);
      const asked = acme.seen.map(
        ({ body }) => z.object({ tools: z.array(z.unknown()).optional() }).safeParse(body).data,
      );
      const withTools = asked.filter((body) => (body?.tools?.length ?? 0) > 0);
      assert.equal(withTools.length > 0, fields, mode);
    }
  });
});
