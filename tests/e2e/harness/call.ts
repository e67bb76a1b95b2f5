import type { Page } from '@playwright/test';
import type { Answer, CallName, Input, Output } from '../../../shared/contract.ts';

/** Asks the gateway as the window itself does, where how a user gets there does not matter. */
export async function callProduct<N extends CallName>(page: Page, name: N, input: Input<N>): Promise<Output<N>> {
  const answer = await page.evaluate(
    async ([asked, given]) => {
      if (window.traygate) return window.traygate.call(asked, given);
      const response = await fetch(`../admin/api/call/${asked}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-traygate-window': '1' },
        body: JSON.stringify(given),
      });
      return (await response.json()) as unknown;
    },
    [name, input] as const,
  );
  // The gateway has checked it against its own contract.
  const { ok, ...rest } = answer as Answer<Output<N>>;
  if (!ok || !('value' in rest)) throw new Error(`${name}: ${JSON.stringify(rest)}`);
  return rest.value;
}
