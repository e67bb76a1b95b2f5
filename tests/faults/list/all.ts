import { a } from './a.ts';
import { b } from './b.ts';
import { c } from './c.ts';
import { d } from './d.ts';
import { e } from './e.ts';
import { f } from './f.ts';
import { g } from './g.ts';
import { h } from './h.ts';
import { i } from './i.ts';
import { j } from './j.ts';

export const groups = [a, b, c, d, e, f, g, h, i, j];
