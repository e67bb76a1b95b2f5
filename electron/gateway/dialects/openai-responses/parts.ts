import type { ImagePart, TextPart } from '../../chat/request.ts';
import { present } from '../shared/present.ts';
import type { ContentBody, PartBody } from './item-schema.ts';

function contentPart(part: PartBody): TextPart | ImagePart {
  switch (part.type) {
    case 'input_image':
    case 'image_url': {
      const { image_url: image, detail } = part;
      return present({ type: 'image' as const, url: typeof image === 'string' ? image : image.url, detail });
    }
    case 'refusal':
      return { type: 'text', text: part.refusal };
    default:
      return { type: 'text', text: part.text };
  }
}

export function contentParts(content: ContentBody): (TextPart | ImagePart)[] {
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', text: content }];
  return (content ?? []).map(contentPart);
}
