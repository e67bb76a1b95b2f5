import type { Answer, Wire } from '../../shared/contract.ts';
import { adminFetch, adminUrl } from './admin-api.ts';
import { trusted } from './trusted.ts';

const reopenAfterMs = 1000;

/** The contract over HTTP, for the window in a browser. */
export const httpWire: Wire = {
  async call(name, input) {
    const response = await adminFetch(`call/${name}`, 'POST', input);
    if (response.status === 401) return { ok: false, error: { code: 'signed_out', message: 'Sign in first.' } };
    return trusted<Answer<unknown>>(await response.json());
  },

  listen(listener, status) {
    let source: EventSource;
    let timer: ReturnType<typeof setTimeout> | undefined;
    // EventSource gives up for good on some errors and waits several seconds on others, so it is reopened here.
    const open = () => {
      source = new EventSource(adminUrl('events'));
      source.addEventListener('open', () => status?.(true));
      source.addEventListener('message', ({ data }) => {
        const [name, payload] = trusted<[string, unknown]>(JSON.parse(String(data)));
        listener(name, payload);
      });
      source.addEventListener('error', () => {
        source.close();
        status?.(false);
        timer = setTimeout(open, reopenAfterMs);
      });
    };
    open();
    return () => {
      clearTimeout(timer);
      source.close();
    };
  },
};
