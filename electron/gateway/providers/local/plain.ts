/** The test models that need no instructions. */
import { lastUserText } from '../../chat/request.ts';
import { type Answer, speak } from './answer.ts';
import { broken } from './failures.ts';
import { rest } from './pace.ts';

const sentence = 'This is a test answer that Traygate made on this computer without asking any provider. ';
const longWords = 2_000;
const longAnswer = sentence.repeat(Math.ceil(longWords / sentence.trim().split(' ').length)).trimEnd();

/** Repeats the last user message exactly, in at most eight pieces. */
export const echo: Answer = ({ request, signal }) => {
  const text = lastUserText(request.messages) || 'There is no text in the last user message.';
  return speak(text, Math.max(8, Math.ceil(text.length / 8)), signal);
};

export const think: Answer = async function* think({ signal }) {
  yield* speak('The user wants to see how thinking is shown. I think first, then I answer.', 16, signal, 'reasoning');
  yield* speak('This is the answer; the thinking came before it.', 16, signal);
};

/** About 2,000 words as fast as they can be read. */
export const long: Answer = ({ signal }) => speak(longAnswer, 120, signal);

/** The first word after two seconds, then four words a second for about eight seconds. */
export const slow: Answer = async function* slow({ signal }) {
  await rest(2_000, signal);
  for (const word of `${sentence}${sentence}`.trimEnd().split(/(?<= )/)) {
    yield [{ type: 'text', text: word }];
    await rest(250, signal);
  }
};

/** Breaks off after a few words. */
export const cut: Answer = async function* cut({ signal }) {
  yield* speak('This answer breaks off in the middle of', 12, signal);
  throw broken();
};
