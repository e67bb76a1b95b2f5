/** What the client calls one of its tools. */
export interface CallName {
  readonly name: string;
  /** Codex finds a tool of a namespace only if the call names the namespace, too. */
  readonly namespace?: string;
  /** Whether calls are `custom_tool_call` items. */
  readonly custom: boolean;
}

function key(name: string, namespace: string | null | undefined): string {
  return JSON.stringify([namespace ?? '', name]);
}

/** The tools of one request under the flat names a model can be given, and back. */
export class CallNames {
  readonly #names = new Map<string, CallName>();
  readonly #flat = new Map<string, string>();

  /** The flat name: the tool's own unless another tool has it already. */
  add(tool: CallName): string {
    const flat = tool.namespace && this.#names.has(tool.name) ? `${tool.namespace}__${tool.name}` : tool.name;
    this.#names.set(flat, tool);
    this.#flat.set(key(tool.name, tool.namespace), flat);
    return flat;
  }

  /** The flat name of a tool as the client writes it; of one that is not offered (any more), its own. */
  flat(name: string, namespace?: string | null): string {
    return this.#flat.get(key(name, namespace)) ?? name;
  }

  get(flat: string): CallName {
    return this.#names.get(flat) ?? { name: flat, custom: false };
  }
}
