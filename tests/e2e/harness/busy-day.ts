import { scripts, type ZaiSimulator } from '../../simulators/zai/simulator.ts';
import { askProduct, type Wish } from './client.ts';
import { addTokens } from './pages.ts';
import type { Product } from './product.ts';

const claude = 'claude-cli/2.1.4 (external, cli)';
const cherry = 'CherryStudio/1.7.2';
const openai = 'OpenAI/JS 6.49.0';
const curl = 'curl/8.11.0';

const paragraph =
  'A gateway stands between the programs on this computer and the services they use. It takes a request in the form the ' +
  'program speaks, hands it on in the form the service wants, and brings the answer back while it is being written. ';

const requests: readonly (Wish & { readonly prompt: string })[] = [
  { prompt: 'Rename this function and explain why', agent: claude, model: 'GLM-4.7-Thinking', stream: true },
  { prompt: 'Summarise the meeting in five points', agent: cherry, model: 'GLM-4.5', stream: true },
  { prompt: 'Which of these two queries is faster?', agent: claude, model: 'GLM-5', stream: true },
  { prompt: 'Ping', agent: curl, model: 'local/echo' },
  { prompt: 'Translate the attached note', agent: cherry, model: 'GLM-4.5-Air', stream: true },
  { prompt: 'Write a test for the parser', agent: openai, model: 'GLM-5', stream: true },
  { prompt: 'What does this error mean?', agent: curl, model: 'local/error-429' },
  { prompt: 'Find the bug', agent: claude, model: 'GLM-4.7-Thinking', stream: true },
  { prompt: 'Draft a reply', agent: cherry, model: 'GLM-4.5', stream: true },
  { prompt: 'Which model is this?', agent: openai, model: 'no-such-model' },
  { prompt: 'Explain the failing step', agent: claude, model: 'GLM-5', stream: true },
];

/**
 * Fills the product with what a working day leaves behind: several accounts, one of them resting, and mixed requests.
 * Returns the tokens of the accounts.
 */
export async function liveThroughADay(product: Product, zai: ZaiSimulator): Promise<string[]> {
  const names = ['Ada Lovelace', 'Ben Okri', 'Chen Wei', 'Dana Scully', 'Emil Noether'];
  const users = names.map((name) => zai.users.add({ name }));
  const guest = zai.users.add({ name: 'Guest-7', role: 'guest' });
  await addTokens(product.page, [...users.map(({ token }) => token), guest.token, zai.users.addStale().token]);
  zai.answer(scripts.late(120, scripts.answer({ text: paragraph.repeat(2), every: 25 })));
  const limited = users[3];
  if (limited)
    zai.answer(
      scripts.status(429, { code: 429, message: 'Too Many Requests' }, { 'retry-after': '900' }),
      limited.token,
    );
  for (const { prompt, ...wish } of requests) await askProduct(product, prompt, wish);
  await product.page.getByRole('dialog', { name: /tokens added/ }).waitFor({ state: 'hidden' });
  return users.map(({ token }) => token);
}

/** One that leaves in the middle of the answer. */
export async function leaveEarly(product: Product): Promise<void> {
  const signal = AbortSignal.timeout(700);
  await askProduct(product, 'Never mind', { agent: cherry, model: 'local/slow', stream: true, signal }).catch(() => {});
}
