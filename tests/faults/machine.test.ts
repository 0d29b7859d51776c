import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorView } from '../../electron/core/base/error-view.ts';
import { EXIT } from '../../electron/cli/exit-codes.ts';
import { APP_OWNER, terminalOwner } from '../../electron/core/model/owner.ts';
import { needs } from '../support/needs.ts';
import { quickClock } from '../support/quick-clock.ts';
import { LoudLogger, openCore, startRecipe } from '../support/test-core.ts';
import type { ConnectedHome } from './support/connected-home.ts';
import { practiceGround } from './support/ground.ts';
import { type Hop, startHop } from './support/hop.ts';
import { OWN_MOUNTS, ownMountsLack } from './support/own-mounts.ts';
import { doubles, NOTHING_LOST, record } from './support/record.ts';
import { INPUTS, lostInputs, lostResults, MARK } from './support/losses.ts';
import { isOver, nameOfStand, runIs } from './support/stand.ts';
import type { SpoiledDisk } from './support/spoiled-disk-child.ts';

const INPUT = INPUTS[1] ?? '';
const COMMAND = join(import.meta.dirname, '../../electron/cli.ts');
const CHILD = join(import.meta.dirname, 'support/spoiled-disk-child.ts');

const { practice, template } = await practiceGround();

let hop: Hop;
let home: ConnectedHome;
let logger: LoudLogger;
const open = (owner = APP_OWNER) => openCore(home, { clock: quickClock, logger, owner });

beforeEach(async () => {
  hop = await startHop(practice.origin);
  home = await template.copyFor(hop.origin);
  logger = new LoudLogger();
});

afterEach(async () => {
  await hop.close();
  await home.remove();
});

describe('two instances at once', () => {
  it('carry each run once, whoever starts first and whoever ends', async ({ task }) => {
    const [app, terminal, other] = [open(), open(terminalOwner(process.pid)), open(terminalOwner(process.ppid))];
    const theirs = await startRecipe(terminal, 'Echo', [INPUT], `${MARK} b;`);
    // A start of the program resumes its own runs only, while those of a living process are in progress.
    app.engine.resume();
    const ours = await startRecipe(app, 'Echo', [INPUT], `${MARK} a;`);
    other.engine.resume();
    const ends = await Promise.all([runIs(app, ours.id, isOver), runIs(terminal, theirs.id, isOver)]);
    const tally = {
      doubleExecs: doubles(['a;', 'b;'].map((letter) => hop.execsOf(`${MARK} ${letter}`))),
      inputsLost: (await lostInputs(app, ends[0])) + (await lostInputs(app, ends[1])),
      answersCut: 0,
      resultsLost: (await lostResults(app, ends[0], MARK)) + (await lostResults(app, ends[1], MARK)),
    };
    for (const core of [app, terminal, other]) core.close();
    record(task, { table: 'machine', what: 'two instances', end: ends.map(nameOfStand).join(', '), runs: 2, tally });
    expect(tally).toEqual(NOTHING_LOST);
    expect(ends.map(nameOfStand)).toEqual(['succeeded', 'succeeded']);
    expect(logger.errors).toEqual([]);
  });
});

describe('a database that cannot be used', () => {
  const SPOILED: readonly (readonly [what: string, spoil: (path: string) => Promise<void> | void])[] = [
    ['that is none', (path) => writeFile(path, 'no database')],
    [
      'whose beginning is torn',
      async (path) => {
        const database = new DatabaseSync(path);
        database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
        database.close();
        await writeFile(path, Buffer.alloc(8_192, 0xaa), { flag: 'r+' });
      },
    ],
  ];

  it.for(SPOILED)('%s is set aside, is told of, and everything works', async ([what, spoil], { task }) => {
    await spoil(join(home.folder, 'omnitray.db'));
    const core = open();
    expect(core.notes).toHaveLength(1);
    expect(
      (await readdir(home.folder)).filter((name) => name.includes('set-aside') && name.endsWith('.db')),
    ).toHaveLength(1);
    await core.connection.startUp();
    await core.catalogue.refresh();
    const { id } = await startRecipe(core, 'Echo', [INPUT], MARK);
    const run = await runIs(core, id, isOver);
    const tally = {
      doubleExecs: doubles([hop.execsOf(MARK)]),
      inputsLost: await lostInputs(core, run),
      resultsLost: await lostResults(core, run, MARK),
      answersCut: 0,
    };
    core.close();
    record(task, { table: 'machine', what: `a database ${what}`, end: nameOfStand(run), runs: 1, tally });
    expect(tally).toEqual(NOTHING_LOST);
    expect(nameOfStand(run)).toBe('succeeded');
  });
});

describe('a database of a newer OmniTray', () => {
  it('is named as that, and left as it is', ({ task }) => {
    const database = new DatabaseSync(join(home.folder, 'omnitray.db'));
    database.exec('PRAGMA user_version = 9999');
    let refusal: string | null = null;
    try {
      open().close();
    } catch (failure) {
      refusal = errorView(failure).code;
    }
    const { user_version: version } = database.prepare('PRAGMA user_version').get() ?? {};
    database.close();
    const end = `not opened (${refusal})`;
    record(task, { table: 'machine', what: 'a database of a newer OmniTray', end, runs: 0, tally: NOTHING_LOST });
    expect([refusal, version]).toEqual(['store-newer', 9_999]);
  });
});

/** Each with what spoils the disk that a home is put on, what mends it, and what the run says meanwhile. */
const SPOILED_DISKS = [
  {
    what: 'a full disk',
    // Up to some room for the database.
    spoil: `mount -t tmpfs -o size=6m none "$1" && cp -r "$2/." "$1" &&
      head -c "$(( ($(df -k --output=avail "$1" | tail -1) - 900) * 1024 ))" /dev/zero > "$1/ballast"`,
    mend: 'rm ballast',
    held: 'collecting (disk-full)',
  },
  {
    what: 'a folder for results that cannot be written to',
    spoil: `cp -r "$2/." "$1" && mkdir -p "$1/results" && mount -t tmpfs -o ro none "$1/results"`,
    mend: 'umount results',
    held: 'collecting (disk-read-only)',
  },
] as const;

/** Each with what is wrong with the place of the data folder, and what the command says. */
const UNUSABLE_FOLDERS = [
  {
    what: 'a disk that can only be read',
    spoil: 'mount -t tmpfs -o ro none "$1"',
    says: '/home is on a disk that can only be read. Name another place.\n',
  },
  {
    what: 'a full disk',
    spoil:
      'mount -t tmpfs -o size=64k none "$1" && mkdir "$1/home" && (cat /dev/zero > "$1/ballast" 2>/dev/null || true)',
    says: 'The disk is full. Make some room, then try again.\n',
  },
  {
    what: 'a file in its place',
    spoil: 'touch "$1/home"',
    says: 'Something else is in the place of /home: a file where a folder is needed, or a folder in place of a file. Name another place.\n',
  },
] as const;

describe('a spoiled disk', () => {
  needs(ownMountsLack());
  let scratch: string;
  beforeEach(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'omnitray-test-'));
  });
  afterEach(() => rm(scratch, { recursive: true, force: true }));

  it.for(SPOILED_DISKS)(
    '$what holds the result with words, and it is fetched when it can be kept',
    async ({ what, spoil, mend, held }, { task }) => {
      const [disk, input] = [join(scratch, 'disk'), join(scratch, 'large.bin')];
      await mkdir(disk);
      await writeFile(input, randomBytes(2_000_000));
      const program = `${spoil} && exec "$3" "$4" "$1" "$5" "$6" "$7"`;
      const words = ['sh', disk, home.folder, process.execPath, CHILD, `cd "${disk}" && ${mend}`, input, MARK];
      const child = spawn('unshare', [...OWN_MOUNTS, 'sh', '-c', program, ...words], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const said = Promise.all([text(child.stdout), text(child.stderr)]);
      const [code] = (await once(child, 'exit')) as [number | null];
      const [output, complaint] = await said;
      expect(code, complaint).toBe(0);
      const seen = JSON.parse(output) as SpoiledDisk;
      const tally = { ...NOTHING_LOST, doubleExecs: doubles([hop.execsOf(MARK)]), resultsLost: 1 - seen.kept };
      record(task, { table: 'machine', what, end: `${seen.held} > ${seen.end}`, runs: 1, tally });
      expect(tally).toEqual(NOTHING_LOST);
      expect(seen).toMatchObject({ held, end: 'succeeded' });
      expect(seen.texts.join()).toContain(MARK);
    },
  );

  it.for(UNUSABLE_FOLDERS)(
    '$what keeps the command from starting, with its reason',
    async ({ what, spoil, says }, { task }) => {
      const program = `${spoil} && OMNITRAY_HOME="$1/home" exec "$2" "$3" runs`;
      const words = ['sh', scratch, process.execPath, COMMAND];
      const child = spawn('unshare', [...OWN_MOUNTS, 'sh', '-c', program, ...words], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const complaint = text(child.stderr);
      const [code] = (await once(child, 'exit')) as [number | null];
      record(task, { table: 'machine', what: `a start on ${what}`, end: `exit ${code}`, runs: 0, tally: NOTHING_LOST });
      expect({ code, complaint: (await complaint).replaceAll(scratch, '') }).toEqual({
        code: EXIT.disk,
        complaint: says,
      });
    },
  );
});
