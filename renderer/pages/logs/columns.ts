/**
 * The columns from left to right. Each keeps its width, the model takes what is left, and the less telling ones go
 * first when the list gets narrow (container queries: the panel beside it takes room as well).
 */
export const columns = [
  { id: 'status', look: 'w-26' },
  { id: 'time', look: 'w-23 @max-[30rem]:hidden' },
  { id: 'client', look: 'w-24 @max-[50rem]:hidden' },
  { id: 'model', look: 'min-w-0 flex-1' },
  { id: 'provider', look: 'w-27 @max-[36rem]:hidden' },
  { id: 'attempts', look: 'w-9 @max-[40rem]:hidden' },
  { id: 'waterfall', look: 'w-24 @max-[54rem]:hidden' },
  { id: 'firstToken', look: 'w-17 text-right @max-[44rem]:hidden' },
  { id: 'total', look: 'w-17 text-right' },
  { id: 'tokens', look: 'w-22 text-right @max-[58rem]:hidden' },
  { id: 'speed', look: 'w-14 text-right @max-[62rem]:hidden' },
] as const;

export type ColumnId = (typeof columns)[number]['id'];

export const rowHeight = 32;
export const headerHeight = 28;
