/** How the windows look and are worked, beside language and theme. */
export const densities = ['compact', 'normal', 'comfortable'] as const;
export type Density = (typeof densities)[number];

/** Whether movement is left out: as the system says, always, or never. */
export const calms = ['system', 'on', 'off'] as const;
export type Calm = (typeof calms)[number];

/** Hours: as the language writes dates and this window clocks, or one way everywhere. */
export const hourCycles = ['auto', 'h23', 'h12'] as const;
export type HourCycle = (typeof hourCycles)[number];
