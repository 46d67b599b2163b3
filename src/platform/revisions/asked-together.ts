interface Question {
  readonly keys: readonly string[];
  readonly resolve: (values: (string | null)[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Asks for the values of keys in one command for all who want to know in the same turn of the event loop: a command costs as much for a
 * hundred keys as for one. Nobody gets an answer to a question that was put before his own.
 */
export class AskedTogether {
  private waiting: Question[] = [];

  /** `ask` answers with a value for each key, in their order. */
  constructor(private readonly ask: (keys: string[]) => Promise<(string | null)[]>) {}

  of(keys: readonly string[]): Promise<(string | null)[]> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ keys, resolve, reject });
      if (this.waiting.length === 1) setImmediate(() => void this.send());
    });
  }

  private async send(): Promise<void> {
    const asked = this.waiting;
    this.waiting = [];
    try {
      const values = await this.ask(asked.flatMap(({ keys }) => keys));
      let answered = 0;
      for (const { keys, resolve } of asked) resolve(values.slice(answered, (answered += keys.length)));
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
  }
}
