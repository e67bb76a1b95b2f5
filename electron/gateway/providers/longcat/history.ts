import { ChatError } from '../../chat/errors.ts';
import { type Message, type Part, textOf } from '../../chat/request.ts';

/** A conversation as the one text a session begins with (README: Conversations). */

const heading =
  'This is a conversation, each message of it in a <turn>. Answer the last one as the assistant, without writing a <turn> yourself.';

const roles: Readonly<Record<Message['role'], string>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  assistant: 'assistant',
  tool: 'user',
};

/** Keeps a message from closing its turn, or opening one, and speaking in another's name. */
const contained = (text: string): string => text.replaceAll(/<(?=\/?\s*turn\b)/gi, '<\\');

function words(part: Part): string {
  switch (part.type) {
    case 'text':
      return part.text;
    case 'tool-call':
      return `[called ${part.name} with ${part.arguments || '{}'}]`;
    case 'tool-result':
      return `[${part.name ?? 'the tool'} returned: ${textOf(part.content)}]`;
    case 'reasoning':
    case 'image':
      return '';
  }
}

/** Throws ChatError `images_not_supported`: an answer about pictures that nobody saw would be a guess. */
function checkImages(messages: readonly Message[]): void {
  const isImage = ({ type }: Part): boolean => type === 'image';
  const any = messages.some(({ content }) =>
    content.some((part) => isImage(part) || (part.type === 'tool-result' && part.content.some(isImage))),
  );
  if (!any) return;
  throw new ChatError('images_not_supported', 'The web chat of LongCat takes no images from Traygate.', {
    param: 'messages',
    hint: 'Choose a model that can see, or remove the images.',
  });
}

/** A single question is sent as it is; everything else as turns with their roles. */
export function conversationText(messages: readonly Message[]): string {
  checkImages(messages);
  const turns = messages.flatMap(({ role, content }) => {
    const text = content.map(words).filter(Boolean).join('\n');
    return text.trim() === '' ? [] : [{ role: roles[role], text }];
  });
  const [first] = turns;
  if (first?.role === 'user' && turns.length === 1) return first.text;
  const blocks = turns.map(({ role, text }) => `<turn role="${role}">\n${contained(text)}\n</turn>`);
  return [heading, ...blocks].join('\n\n');
}
