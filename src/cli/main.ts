import { join } from 'node:path';
import { modulesFrom } from '../engine/modules-node.ts';
import { cliStrings as say } from '../model/strings/cli.ts';
import { BadInput, readArguments } from './arguments.ts';
import { replay } from './replay.ts';

/** Exit codes: it ran and every check held · a check failed or the run was stopped · input that cannot be run. */
const Exit = { Held: 0, Failed: 1, BadInput: 2 } as const;

/** Runs the words after the command's name; `root` is the project's folder. Resolves to the exit code. */
export async function main(words: readonly string[], root: string): Promise<number> {
  const [command, ...rest] = words;
  if (command === undefined || command === 'help' || words.includes('--help')) {
    process.stdout.write(`${say.usage}\n`);
    return command === undefined ? Exit.BadInput : Exit.Held;
  }
  try {
    if (command !== 'replay') throw new BadInput(say.unknownCommand(command));
    const held = await replay(readArguments(rest), modulesFrom(join(root, 'wasm', 'build')));
    return held ? Exit.Held : Exit.Failed;
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    process.stderr.write(`${error.message}\n`);
    return Exit.BadInput;
  }
}
