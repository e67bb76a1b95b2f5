import type { Chats } from './chats.ts';
import { chatBody, fileEntry, plainBody, storedBody, type Prepared } from './body.ts';
import type { Files } from './files.ts';
import { completionHeaders } from './headers.ts';
import type { Caller, Setup } from './options.ts';
import { basicQuery, browserQuery } from './query.ts';
import { sign } from './signature.ts';
import type { Wish } from './wish.ts';

/** A completion that only lacks its signature: everything that had to be sent before it has been sent. */
export interface Plan {
  readonly chatId: string;
  /** The chat exists on the site, and because of us. */
  readonly stored: boolean;
  readonly prompt: string;
  readonly body: string;
}

export interface Parts {
  readonly setup: Setup;
  readonly chats: Chats;
  readonly files: Files;
}

/** Uploads images and creates the chat, where the request needs them. */
export async function prepare(parts: Parts, caller: Caller, wish: Wish, stored: boolean, now: number): Promise<Plan> {
  const { setup, chats, files: uploads } = parts;
  const [firstId, messageId, sessionId] = [setup.uuid(), setup.uuid(), setup.uuid()];
  const referer = stored ? `${setup.baseUrl}/` : `${setup.baseUrl}/c/${firstId}`;
  const files: object[] = [];
  const imageIds = new Map<string, string>();
  for (const url of wish.images) {
    const image = await uploads.upload(url, caller, referer);
    imageIds.set(url, image.id);
    files.push(fileEntry(image, caller.userId, now, stored ? firstId : undefined));
  }
  const prepared: Prepared = { wish, files, imageIds, now };
  const chatId = stored ? await chats.create(chatBody(setup, prepared, firstId), caller) : firstId;
  const ids = { chatId, messageId, sessionId, userMessageId: firstId };
  const body = stored ? storedBody(setup, prepared, ids) : plainBody(setup, prepared, ids);
  return { chatId, stored, prompt: wish.prompt, body: JSON.stringify(body) };
}

export interface SignedRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The same plan may be signed again, with another time or client version. */
export function signed(setup: Setup, plan: Plan, caller: Caller, now: number, frontendVersion: string): SignedRequest {
  const requestId = setup.uuid();
  const { userId, token } = caller;
  const { chatId } = plan;
  const { signature } = sign({ prompt: plan.prompt, requestId, timestamp: now, userId });
  const query = (plan.stored ? browserQuery : basicQuery)(setup, { requestId, now, userId, token, chatId });
  const separator = setup.completionUrl.includes('?') ? '&' : '?';
  return {
    url: `${setup.completionUrl}${separator}${new URLSearchParams(query).toString()}`,
    headers: completionHeaders(setup, {
      token,
      frontendVersion,
      referer: `${setup.baseUrl}/c/${chatId}`,
      signature,
      accept: plan.stored ? '*/*' : 'application/json',
    }),
    body: plan.body,
  };
}
