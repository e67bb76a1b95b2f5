/**
 * Finished items of earlier answers, so that a client can refer to them. Clients that believe in `store` (the Vercel AI SDK unless
 * told otherwise) send `item_reference` instead of what the model said. Each item belongs to the client key that asked for it.
 */
export interface ItemRecall {
  find(clientKey: string | null, id: string): object | undefined;
  keep(clientKey: string | null, items: readonly object[]): void;
}

/** The part of it that belongs to one client key. */
export interface OwnItems {
  find(id: string): object | undefined;
  keep(items: readonly object[]): void;
}

/** Nothing is kept, so no reference is known. */
export const noRecall: ItemRecall = { find: () => undefined, keep: () => undefined };
