/** Declares the cases of the list of faults (docs/reliability.md); README.md says how to write one. */
import { after, test } from 'node:test';
import { Case } from './harness/case.ts';
import { Faultd } from './harness/faultd.ts';
import { check, eventLoopP99 } from './harness/posts.ts';
import { startProduct } from './harness/start.ts';
import type { Product } from '../api/product.ts';

export type { Case, Service } from './harness/case.ts';
export { Faultd } from './harness/faultd.ts';
export type { Talk } from './harness/talk.ts';

export type Priority = 'P0' | 'P1';

export interface FaultOptions {
  /** Settings of this case, as a user could set them. Cases that stand together and agree share one running product. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Why it cannot be run here. */
  readonly skip?: string | false;
}

/** `npm test` runs what must hold at every commit, `npm run test:faults` all. */
const all = process.env['TRAYGATE_FAULTS'] === 'all';

let running: { readonly product: Product; readonly settings: string } | null = null;

async function productWith(environment: Readonly<Record<string, string>>): Promise<Product> {
  const settings = JSON.stringify(environment);
  if (running && running.settings === settings && running.product.running) return running.product;
  await stop();
  running = { product: await startProduct(environment), settings };
  return running.product;
}

async function stop(): Promise<void> {
  const last = running;
  running = null;
  await last?.product.stop();
}

after(stop);

/** A case of the list: does something to a running gateway, then all post-conditions are checked. */
export function fault(
  id: string,
  priority: Priority,
  what: string,
  run: (t: Case) => Promise<void>,
  { environment = {}, skip = false }: FaultOptions = {},
): void {
  if (priority === 'P1' && !all) return;
  test(`${id} ${what}`, { skip }, async () => {
    const product = await productWith(environment);
    const { pid } = product;
    const faultd = await Faultd.start();
    const t = new Case(product, faultd);
    try {
      for (const row of await t.rows()) t.before.add(row.id);
      await eventLoopP99(product);
      await run(t);
      await check(t, pid);
    } catch (error) {
      // What a failed case leaves behind must not fail the next one.
      await t.clean();
      await stop();
      throw error;
    } finally {
      await t.clean();
      await faultd.close();
    }
  });
}
