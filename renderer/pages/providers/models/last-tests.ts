import type { Exchange } from '../../../../shared/exchange.ts';

/** Sent by Traygate to see whether it is answered; the button of this table sends as a client would, under this name. */
const isTest = ({ client, purpose, test }: Exchange): boolean =>
  purpose === 'test' || purpose === 'radar' || test || client === 'Traygate test';

/** By model, the newest request that was a test or a check; models in lower case, as `provider/model`. */
export function lastTests(newestFirst: readonly Exchange[]): ReadonlyMap<string, Exchange> {
  const found = new Map<string, Exchange>();
  for (const row of newestFirst) {
    if (row.provider === null || !isTest(row)) continue;
    const name = `${row.provider}/${row.resolvedModel ?? row.model}`.toLowerCase();
    if (!found.has(name)) found.set(name, row);
  }
  return found;
}
