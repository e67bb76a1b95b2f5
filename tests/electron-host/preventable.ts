export type PreventableEvent = { defaultPrevented: boolean; preventDefault(): void };

export function preventable<T extends object>(extra?: T): PreventableEvent & T {
  const event = {
    defaultPrevented: false,
    preventDefault() {
      event.defaultPrevented = true;
    },
    ...extra,
  } as PreventableEvent & T;
  return event;
}
