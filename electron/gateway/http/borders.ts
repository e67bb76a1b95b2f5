import { z } from 'zod';
import { whyNoOrigin } from './cors.ts';
import { isNet } from './peer.ts';

/** The exact origin of a web page. */
export const Origin = z.string().superRefine((text, context) => {
  const why = whyNoOrigin(text);
  if (why !== null) context.addIssue({ code: 'custom', message: why });
});

/** An address or a net. */
export const Net = z.string().refine(isNet, 'must be an address or a net such as 172.18.0.0/16');
