/** Clients that keep asking: some leave in the middle, and now and then the service breaks. Every end must be explained. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Product } from '../api/product.ts';
import { Faultd } from '../faults/harness/faultd.ts';
import { begin, delta, parse, type Script, tailOf, write } from '../faults/harness/scripts.ts';
import { speechOf, Talk } from '../faults/harness/talk.ts';

const aborts = 0.1;
const faults = 0.02;
const breaks = ['st:500', 'st:503', 'rst', 'cut:3', 'fin:3', 'err:3', 'bad-json:2'] as const;
const speeches = (['openai-chat', 'anthropic-messages', 'openai-responses'] as const).map(speechOf);

const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(Math.random() * from.length)];
const between = (least: number, most: number): number => least + Math.floor(Math.random() * (most - least));

/** How the requests have ended. */
export interface Ends {
  ok: number;
  /** The client left. */
  left: number;
  /** An error, where the service had broken in the middle of an answer. */
  told: number;
  /** Whole answers though the service broke: another attempt helped. */
  helped: number;
  readonly unexplained: string[];
}

export interface Load {
  readonly ends: Ends;
  /** Ends all streams; resolves when the last one has ended. */
  stop(): Promise<void>;
}

/** An answer of two to six seconds, some twenty deltas a second. */
const answer: Script = async (turn) => {
  if (!(await begin(turn, 1))) return;
  for (let left = between(40, 120); left > 0; left--) {
    await sleep(50);
    if (!(await write(turn, delta(turn)))) return;
  }
  turn.response.end(tailOf(turn));
};

async function one(product: Product, model: string, broken: Set<string>, ends: Ends): Promise<void> {
  const speech = pick(speeches);
  if (!speech) return;
  const prompt = `soak-${Math.random().toString(36).slice(2)}`;
  const body = JSON.stringify({ ...speech.body(prompt), model, stream: Math.random() < 0.9 });
  const talk = new Talk(product, speech.path, speech, body, {});
  const leaves = Math.random() < aborts ? setTimeout(() => talk.leave(), between(0, 4_000)) : null;
  await talk.done;
  if (leaves) clearTimeout(leaves);
  const wasBroken = broken.delete(prompt);
  const whole = talk.status === 200 && talk.end === 'complete' && talk.error === undefined;
  if (talk.end === 'left') ends.left++;
  else if (whole && wasBroken) ends.helped++;
  else if (whole && talk.said !== '') ends.ok++;
  else if (wasBroken && talk.end === 'complete' && talk.error !== undefined) ends.told++;
  else ends.unexplained.push(`${talk.status} ${talk.end} ${talk.error ?? ''} ${talk.text.slice(-200)}`);
}

/** So many streams at all times, in all dialects, at one service with twenty tokens. */
export async function startLoad(product: Product, streams: number): Promise<Load> {
  const broken = new Set<string>();
  const faultd = await Faultd.start();
  const kinds = breaks.map((word) => parse(word));
  faultd.everybody(async (turn) => {
    // What is remembered here is not the product's.
    faultd.seen.splice(0, Math.max(0, faultd.seen.length - 1_000));
    const kind = Math.random() < faults ? pick(kinds) : undefined;
    if (kind) broken.add(/soak-[a-z0-9]+/.exec(JSON.stringify(turn.body))?.[0] ?? '');
    await (kind ?? answer)(turn);
  });
  const provider = { kind: 'openai-compatible', name: 'Soak', baseUrl: `${faultd.url}/v1`, models: ['faulty'] };
  const keys = Array.from({ length: 20 }, () => faultd.key('ok')).join('\n');
  await product.call('provider.add', { provider, keys });
  const ends: Ends = { ok: 0, left: 0, told: 0, helped: 0, unexplained: [] };
  const stopping = new AbortController();
  const clients = Array.from({ length: streams }, async () => {
    while (!stopping.signal.aborted) await one(product, 'faulty', broken, ends);
  });
  return {
    ends,
    async stop() {
      stopping.abort();
      await Promise.all(clients);
      await faultd.close();
    },
  };
}
