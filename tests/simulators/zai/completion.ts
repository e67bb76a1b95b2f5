import { once } from 'node:events';
import type { Identity } from './identities.ts';
import { html, isRecord, json, unauthorised, whoAsks, type Call, type Site } from './request.ts';
import { captcha, inband, type Turn } from './scripts.ts';
import { firewallPage, isCurrent } from './settings.ts';
import { isSigned } from './signature.ts';

type Body = Readonly<Record<string, unknown>>;

const text = (value: unknown) => (typeof value === 'string' ? value : '');

/** Tells an outdated client so, in the way that was chosen; true when it did. */
async function refusedVersion(site: Site, { request, response }: Call): Promise<boolean> {
  const { outdated, minimumVersion } = site.settings;
  const version = request.headers['x-fe-version'];
  if (outdated === 'off' || isCurrent(typeof version === 'string' ? version : undefined, minimumVersion)) return false;
  const detail = `Your client version (unknown) is outdated. Minimum required: ${minimumVersion}. Please refresh the page`;
  if (outdated === '405') html(response, 405, firewallPage);
  else if (outdated === '426') json(response, 426, { detail });
  else await inband({ detail, code: 426 })(turnOf({}, response));
  return true;
}

function turnOf(body: Body, response: Turn['response']): Turn {
  const features = isRecord(body['features']) ? body['features'] : {};
  return {
    prompt: text(body['signature_prompt']),
    model: text(body['model']),
    thinking: features['enable_thinking'] === true,
    search: features['web_search'] === true,
    body,
    response,
  };
}

function signatureHolds(site: Site, { seen, request }: Call, identity: Identity, body: Body): boolean {
  if (!site.settings.signature) return true;
  const { requestId = '', timestamp = '', user_id: userId = '', token, signature_timestamp: again } = seen.query;
  const signature = text(request.headers['x-signature']);
  const prompt = text(body['signature_prompt']);
  if (userId !== identity.id || token !== identity.token || again !== timestamp) return false;
  return isSigned({ requestId, timestamp, userId, prompt, signature }, site.now());
}

function chatIsMissing(site: Site, identity: Identity, body: Body): boolean {
  return (
    site.settings.storedChatModels.includes(text(body['model'])) &&
    site.chats.get(text(body['chat_id'])) !== identity.token
  );
}

/** `POST /api/v2/chat/completions`: every gate of the site in its order, then the script. */
export async function completion(site: Site, call: Call): Promise<void> {
  const { response, seen } = call;
  if (await refusedVersion(site, call)) return;
  const identity = whoAsks(site, call);
  if (!identity) return unauthorised(response);
  if (!isRecord(seen.body)) return json(response, 400, { detail: 'Invalid JSON' });
  if (!signatureHolds(site, call, identity, seen.body)) {
    return json(response, 400, { detail: '403: Signature validation failed: 签名验证失败' });
  }
  if (chatIsMissing(site, identity, seen.body)) return json(response, 404, { detail: 'Chat not found' });
  const turn = turnOf(seen.body, response);
  const { captcha: asked } = site.settings;
  if (asked === 'all' || (asked === 'guests' && identity.role === 'guest')) {
    return captcha(seen.body['captcha_verify_param'] ? 'verify_failed' : 'missing_param')(turn);
  }
  if (identity.active >= site.settings.concurrency)
    return json(response, 429, { code: 429, message: 'Too Many Requests' });
  await answered(site, identity, turn);
}

/** Runs the script while the identity holds one of its places; a place is free when the connection is done with. */
async function answered(site: Site, identity: Identity, turn: Turn): Promise<void> {
  const { completions } = site.seen;
  identity.active += 1;
  identity.highWater = Math.max(identity.highWater, identity.active);
  completions.active += 1;
  completions.highWater = Math.max(completions.highWater, completions.active);
  const closed = once(turn.response, 'close');
  try {
    await (identity.script ?? site.script)(turn);
    await closed;
  } finally {
    identity.active -= 1;
    completions.active -= 1;
  }
}
