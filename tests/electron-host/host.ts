// What a desktop would show, for tests to look at and to click: `electron.standIn`.
export const host = {
  /** Trays that exist. */
  trays: [] as any[],
  /** Menus that were popped up. */
  popups: [] as any[],
  /** Notifications that were shown. */
  notifications: [] as any[],
  /** Links and files handed to the system. */
  opened: [] as string[],
  /** Dialogs that were asked, with what they said. */
  dialogs: [] as { kind: string; options: any }[],
  /** Answers the next dialogs will give, in turn. */
  answers: [] as any[],
};
