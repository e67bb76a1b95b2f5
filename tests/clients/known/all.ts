import type { Client } from '../client.ts';
import { claudeCode } from './claude-code.ts';
import { claudeCodeRouter1, claudeCodeRouter2 } from './claude-code-router.ts';
import { codex } from './codex.ts';
import { opencode } from './opencode.ts';
import { sdks } from './sdks.ts';

/** In the order of the table. */
export const clients: readonly Client[] = [claudeCode, claudeCodeRouter2, claudeCodeRouter1, codex, opencode, ...sdks];
