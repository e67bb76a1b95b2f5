/**
 * The columns from left to right. Each keeps its width, the model takes what is left, and the less telling ones go
 * first when the list gets narrow (container queries: the panel beside it takes room as well).
 */
export const columns = [
  { id: 'status', look: 'w-26', shown: true },
  { id: 'time', look: 'w-23 @max-[30rem]:hidden', shown: true },
  { id: 'client', look: 'w-24 @max-[50rem]:hidden', shown: true },
  { id: 'model', look: 'min-w-0 flex-1', shown: true },
  { id: 'provider', look: 'w-27 @max-[36rem]:hidden', shown: true },
  { id: 'attempts', look: 'w-9 @max-[40rem]:hidden', shown: true },
  { id: 'waterfall', look: 'w-24 @max-[54rem]:hidden', shown: true },
  { id: 'firstToken', look: 'w-17 text-right @max-[44rem]:hidden', shown: true },
  { id: 'total', look: 'w-17 text-right', shown: true },
  { id: 'tokens', look: 'w-22 text-right @max-[58rem]:hidden', shown: true },
  { id: 'speed', look: 'w-14 text-right @max-[62rem]:hidden', shown: true },
  { id: 'key', look: 'w-24 @max-[44rem]:hidden', shown: false },
  { id: 'api', look: 'w-20 @max-[44rem]:hidden', shown: false },
  { id: 'upstream', look: 'w-17 text-right @max-[44rem]:hidden', shown: false },
  { id: 'queue', look: 'w-17 text-right @max-[44rem]:hidden', shown: false },
  { id: 'finish', look: 'w-22 @max-[44rem]:hidden', shown: false },
  { id: 'notices', look: 'w-14 text-right @max-[44rem]:hidden', shown: false },
  { id: 'id', look: 'w-32 @max-[50rem]:hidden', shown: false },
] as const;

export type Column = (typeof columns)[number];
export type ColumnId = Column['id'];

export const densities = ['compact', 'normal', 'comfortable'] as const;
export type Density = (typeof densities)[number];

export const rowHeights: Readonly<Record<Density, number>> = { compact: 28, normal: 32, comfortable: 40 };
export const headerHeight = 28;
/** Of those in flight; more are reached by scrolling. */
export const mostPinned = 8;
