// Finds a Chromium to test in: the one named by HEAPSCAPE_CHROMIUM, else one on the machine, else Debian's by apt where
// this runs as root on Debian, else the one that Playwright downloads.
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './ensure.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

function onPath() {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of NAMES) {
      const file = join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // Not here; the next one.
      }
    }
  }
  return null;
}

/** Path of a browser, installed if need be; null where Playwright should use its own download. */
export function ensureBrowser() {
  const named = process.env.HEAPSCAPE_CHROMIUM;
  if (named) {
    if (!existsSync(named)) throw new Error(`HEAPSCAPE_CHROMIUM names ${named}, and no such file exists.`);
    return named;
  }
  const found = onPath();
  if (found) return found;
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    run('apt-get', ['update', '-qq'], { quiet: true });
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
      quiet: true,
      env: { DEBIAN_FRONTEND: 'noninteractive' },
    });
    return onPath();
  }
  run('npx', ['playwright', 'install', 'chromium']);
  return null;
}
