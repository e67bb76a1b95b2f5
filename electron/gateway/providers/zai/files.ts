import { createHash } from 'node:crypto';
import { ChatError } from '../../chat/errors.ts';
import type { Network } from '../../network/network.ts';
import { failureOf } from './errors.ts';
import { isRecord, parseJson, textIn } from '../wire/shared/json.ts';
import type { Caller, Setup } from './options.ts';
import { textOfReply } from '../wire/shared/transport.ts';
import { uploadHeaders } from './headers.ts';

/** What the site answered to an upload; enough to refer to it again. */
interface StoredFile {
  readonly id: string;
  readonly filename: string;
}

/** One image of the request, uploaded. */
export interface UploadedImage extends StoredFile {
  readonly contentType: string;
  readonly size: number;
  readonly itemId: string;
}

interface Picture {
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

const remembered = 500;

/** A data: URL without `base64` is percent-encoded text, as some tools write SVG. */
function percentDecoded(payload: string): Buffer {
  try {
    return Buffer.from(decodeURIComponent(payload));
  } catch {
    return Buffer.alloc(0);
  }
}

function picture(url: string): Picture {
  const comma = url.indexOf(',');
  const [type = '', ...parameters] = url.slice('data:'.length, comma).toLowerCase().split(';');
  const payload = url.slice(comma + 1);
  const bytes = parameters.includes('base64') ? Buffer.from(payload, 'base64') : percentDecoded(payload);
  if (comma < 0 || bytes.length === 0)
    throw new ChatError('invalid_parameter', 'An image has a data: URL without data.', { param: 'messages' });
  if (type && !/^image\/[\w.+-]{1,40}$/.test(type)) {
    throw new ChatError('invalid_parameter', 'Only images can be attached to a message.', { param: 'messages' });
  }
  return { contentType: type || 'image/jpeg', bytes };
}

function multipart({ contentType, bytes }: Picture, filename: string, boundary: string): Buffer {
  const disposition = `Content-Disposition: form-data; name="file"; filename="${filename}"`;
  const head = `--${boundary}\r\n${disposition}\r\nContent-Type: ${contentType}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
}

/** Uploads images for signed-in accounts; an image that the same account has sent before is not sent again. */
export class Files {
  readonly #network: Network;
  readonly #setup: Setup;
  readonly #known = new Map<string, StoredFile>();

  constructor(network: Network, setup: Setup) {
    this.#network = network;
    this.#setup = setup;
  }

  /** Throws when it fails: an answer about an image that nobody saw would be worse than none. */
  async upload(url: string, caller: Caller, referer: string): Promise<UploadedImage> {
    const image = picture(url);
    const key = `${caller.userId}:${createHash('sha256').update(image.bytes).digest('base64')}`;
    const stored = this.#known.get(key) ?? (await this.#send(image, caller, referer));
    this.#known.delete(key); // moves it to the young end
    this.#known.set(key, stored);
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= remembered) break;
      this.#known.delete(oldest);
    }
    return { ...stored, contentType: image.contentType, size: image.bytes.length, itemId: this.#setup.uuid() };
  }

  async #send(image: Picture, { token, signal }: Caller, referer: string): Promise<StoredFile> {
    const { baseUrl, uuid, clock } = this.#setup;
    const filename = uuid();
    const boundary = `----WebKitFormBoundary${createHash('sha256').update(filename).digest('hex').slice(0, 16)}`;
    const response = await this.#network.request({
      url: `${baseUrl}/api/v1/files/`,
      method: 'POST',
      headers: {
        ...uploadHeaders(this.#setup, token, referer),
        'Content-Type': `multipart/form-data; boundary=${boundary}`,
      },
      body: multipart(image, filename, boundary),
      signal,
    });
    if (response.status !== 200) {
      const { error } = await failureOf(response, clock(), token);
      if (response.status !== 403) throw error;
      throw new ChatError('images_not_supported', 'Z.AI does not accept images from this account.', { cause: error });
    }
    const reply = parseJson(await textOfReply(response, baseUrl));
    const id = isRecord(reply) ? textIn(reply, 'id') : undefined;
    if (!isRecord(reply) || !id) throw new ChatError('upstream_protocol', 'Z.AI did not say where it put the image.');
    return { id, filename: textIn(reply, 'filename') ?? filename };
  }
}
