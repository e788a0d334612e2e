/** Each module: its entry file, its options, how the released build is optimised. */
export const MODULES: Readonly<Record<string, { entry: string; options: string[]; optimise: string[] }>>;
/** Changes whenever a build could come out differently. */
export function fingerprint(): string;
/** Builds what is missing or stale; false if nothing was. `names` narrows it to some modules. */
export function build(options?: { names?: string[]; quiet?: boolean }): Promise<boolean>;
