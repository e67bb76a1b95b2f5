/** Frames of an answer as the site writes them (the provider's README: Stream). */

export type Data = Readonly<Record<string, unknown>>;

/** `v1` wraps reasoning and answer, `think` uses tags for both, `v2` only ends its reasoning, `bare` has no tags. */
export type Layout = 'v1' | 'think' | 'v2' | 'bare';
/** Whether each frame holds all of the text so far, or what is new. */
export type Manner = 'repeating' | 'pieces';

export interface Said {
  readonly reasoning: string;
  readonly text: string;
}

export const frame = (data: Data | string): string =>
  `data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
export const done = frame('[DONE]');

export function pieces(text: string, size = 9): string[] {
  const points = Array.from(text);
  return Array.from({ length: Math.ceil(points.length / size) }, (_, at) =>
    points.slice(at * size, (at + 1) * size).join(''),
  );
}

const quoted = (text: string): string => text.replaceAll(/^/gm, '> ');

function wrapper(reasoning: string, over: boolean): string {
  const head = over
    ? ' done="true" duration="3">\n<summary>Thought for 3 seconds'
    : ' done="false">\n<summary>Thinking…';
  return `<details type="reasoning"${head}</summary>\n${quoted(reasoning)}\n</details>\n`;
}

/** The whole text of an answer that is over. */
export function wholeText({ reasoning, text }: Said, layout: Layout): string {
  if (layout === 'v1') return `${reasoning ? wrapper(reasoning, true) : ''}<answer>${text}</answer>`;
  if (layout === 'think') return `<think>\n${reasoning}\n</think>\n<answer>${text}</answer>`;
  return layout === 'v2' ? `${reasoning}\n</think>\n\n${text}` : text;
}

/** The texts of repeating frames: tags are closed in every one of them, where they have an end. */
function repeated({ reasoning, text }: Said, layout: Layout): string[] {
  const grown = (all: string): string[] => pieces(all).map((_, at, parts) => parts.slice(0, at + 1).join(''));
  if (layout !== 'v1') return grown(wholeText({ reasoning, text }, layout));
  return [
    ...grown(reasoning).map((so) => wrapper(so, false)),
    ...grown(text).map((so) => wholeText({ reasoning, text: so }, layout)),
  ];
}

export const piece = (content: string): string =>
  frame({ choices: [{ index: 0, delta: { content }, finish_reason: null }] });

/** An answer up to, but without, its end. */
export const answerFrames = (said: Said, layout: Layout, manner: Manner): string[] =>
  manner === 'repeating'
    ? repeated(said, layout).map((content) => frame({ content, done: false }))
    : pieces(wholeText(said, layout)).map(piece);

export const usage = (input: number, output: number): Data => ({
  prompt_tokens: input,
  completion_tokens: output,
  total_tokens: input + output,
});
