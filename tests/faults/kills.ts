/**
 * Kills the running product (SIGKILL) in the middle of its writes, again and again on the same data folder, and looks after
 * each start whether every change that was acknowledged is there. A change that was under way may have happened or not, but
 * not by half.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { GatewayState, languages, themes } from '../../shared/state.ts';
import { AddedLine, Token } from '../../shared/token.ts';
import { Product } from '../api/product.ts';

const batch = 5;
const provider = 'zai-api';

interface Saved {
  alias: string;
  enabled: boolean;
}

/** What must be there, and what may be. */
class Expected {
  readonly tokens = new Map<string, Saved>();
  preferences: { theme: string; language: string } = { theme: 'system', language: 'system' };
  /** Changes under way: what they would have made of it. */
  adding = 0;
  readonly changing = new Map<string, Saved | null>();
  preferring: { theme: string; language: string } | null = null;
  acknowledged = 0;

  /** Throws when something is missing, half done, or from nowhere; then takes over what was found. */
  check(found: readonly Token[], state: GatewayState): void {
    const left = new Map(found.map(({ id, alias, enabled }) => [id, { alias, enabled }]));
    for (const [id, saved] of this.tokens) {
      const is = left.get(id) ?? null;
      left.delete(id);
      const may = this.changing.has(id) ? [saved, this.changing.get(id)] : [saved];
      assert.ok(
        may.some((one) => JSON.stringify(one) === JSON.stringify(is)),
        `token ${id}: ${JSON.stringify(is)} instead of ${JSON.stringify(may)}`,
      );
      if (is) this.tokens.set(id, is);
      else this.tokens.delete(id);
    }
    assert.ok(left.size === 0 || left.size === this.adding, `${left.size} of ${this.adding} tokens were added`);
    for (const [id, saved] of left) this.tokens.set(id, saved);
    const { theme, language } = state;
    const may = [this.preferences, this.preferring ?? this.preferences];
    assert.ok(
      may.some((one) => one.theme === theme && one.language === language),
      `preferences: ${theme}, ${language} instead of ${JSON.stringify(may)}`,
    );
    this.preferences = { theme, language };
    this.adding = 0;
    this.changing.clear();
    this.preferring = null;
  }
}

const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(Math.random() * from.length)];
let unique = Date.now();

async function addSome(product: Product, expected: Expected): Promise<void> {
  const text = Array.from({ length: batch }, () => `key-${++unique}-0123456789abcdef`).join('\n');
  expected.adding = batch;
  const lines = z.array(AddedLine).parse(await product.call('tokens.add', { provider, text, check: false }));
  for (const { id, alias } of lines) if (id && alias) expected.tokens.set(id, { alias, enabled: true });
  expected.adding = 0;
  expected.acknowledged++;
}

async function changeOne(product: Product, expected: Expected, kind: 'rename' | 'enable' | 'remove'): Promise<void> {
  const [id, saved] = pick([...expected.tokens].filter(([one]) => !expected.changing.has(one))) ?? [];
  if (!id || !saved || (kind === 'remove' && expected.tokens.size < 20)) return;
  const next = {
    rename: { ...saved, alias: `T${++unique}` },
    enable: { ...saved, enabled: !saved.enabled },
    remove: null,
  }[kind];
  expected.changing.set(id, next);
  if (next === null) await product.call('tokens.remove', { ids: [id] });
  else if (kind === 'rename') await product.call('tokens.rename', { id, alias: next.alias });
  else await product.call('tokens.enable', { ids: [id], enabled: next.enabled });
  if (next) expected.tokens.set(id, next);
  else expected.tokens.delete(id);
  expected.changing.delete(id);
  expected.acknowledged++;
}

async function prefer(product: Product, expected: Expected): Promise<void> {
  const next = { theme: pick(themes) ?? 'system', language: pick(languages) ?? 'system' };
  expected.preferring = next;
  await product.call('preferences.set', next);
  expected.preferences = next;
  expected.preferring = null;
  expected.acknowledged++;
}

async function chat(product: Product): Promise<void> {
  const content = 'REPEAT 5 word\nWAIT 300';
  await product.chat({ model: 'local/script', stream: true, messages: [{ role: 'user', content }] });
}

/** Goes on until the process dies. */
async function keepOn(product: Product, work: () => Promise<void>): Promise<void> {
  try {
    while (product.running) {
      await work();
      await sleep(1);
    }
  } catch (error) {
    // The connection of a process that was killed; anything else is a finding.
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}

/** What can be said of the files alone, before anything repairs them, and of the product that has just started on them. */
async function look(product: Product, expected: Expected): Promise<void> {
  const state = GatewayState.parse(await product.call('state.get', null));
  assert.deepEqual(state.recovered, [], 'nothing was damaged');
  expected.check(z.array(Token).parse(await product.call('tokens.list', { provider })), state);
  const leftovers = readdirSync(product.dataDir).filter((name) => name.endsWith('.traygate-new'));
  assert.deepEqual(leftovers, [], 'what a cut save has left is swept');
  JSON.parse(readFileSync(path.join(product.dataDir, 'settings.json'), 'utf8'));
  const database = new DatabaseSync(path.join(product.dataDir, 'traygate.db'), { readOnly: true });
  assert.equal(database.prepare('PRAGMA quick_check').get()?.['quick_check'], 'ok');
  database.close();
  assert.ok((await product.rows()).every(({ outcome }) => outcome !== 'active'));
}

export interface Killed {
  readonly kills: number;
  readonly acknowledged: number;
  readonly tokens: number;
  readonly interrupted: number;
}

/** Throws at the first change that is lost. @param told after each kill */
export async function killRepeatedly(kills: number, told: (so: Killed) => void = () => {}): Promise<Killed> {
  const expected = new Expected();
  let product = await Product.start();
  const so = async (done: number): Promise<Killed> => ({
    kills: done,
    acknowledged: expected.acknowledged,
    tokens: expected.tokens.size,
    interrupted: (await product.rows()).filter(({ outcome }) => outcome === 'interrupted').length,
  });
  try {
    await prefer(product, expected);
    for (let done = 1; done <= kills; done++) {
      const running = product;
      const writers = [
        () => addSome(running, expected),
        () => changeOne(running, expected, 'rename'),
        () => changeOne(running, expected, 'enable'),
        () => changeOne(running, expected, 'remove'),
        () => prefer(running, expected),
        () => chat(running),
      ].map((work) => keepOn(running, work));
      await sleep(20 + Math.random() * 500);
      await running.kill();
      await Promise.all(writers);
      product = await Product.start({}, undefined, { home: running.home });
      await look(product, expected);
      told(await so(done));
    }
    return await so(kills);
  } finally {
    await product.stop();
  }
}
