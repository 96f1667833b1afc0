import { type ShellCommand, plain } from './command';

/** Commands that few lines name: a module of their own, which the host of a shell fetches before a line that does. */
export class FetchedTools<Name extends string> {
  private loaded: Readonly<Record<Name, ShellCommand>> | undefined;

  constructor(private readonly fetch: () => Promise<Readonly<Record<Name, ShellCommand>>>) {}

  /** Fetches the module; once it is there it does nothing. Rejects when it cannot be had. */
  async load(): Promise<void> {
    this.loaded ??= await this.fetch();
  }

  /** One of them; until the module is there it says that it is not. `called`: what the one who types calls it. */
  command(name: Name, called: string = name): ShellCommand {
    const missing = plain((_args, { stderr }) => {
      stderr(`${called}: it could not be loaded; are you offline?\n`);
      return 127;
    });
    return { run: (args, context) => (this.loaded?.[name] ?? missing).run(args, context) };
  }

  /** Several of them by name. */
  commands(names: readonly Name[]): Readonly<Record<string, ShellCommand>> {
    return Object.fromEntries(names.map((name) => [name, this.command(name)]));
  }
}
