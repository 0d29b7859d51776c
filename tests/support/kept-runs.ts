import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Conf from 'conf';
import type { EndState } from '../../electron/contract/views.ts';
import { Housekeeping } from '../../electron/core/history/housekeeping.ts';
import { artifactFolder, pastedFilesFolder } from '../../electron/core/base/folders.ts';
import { Draft } from '../../electron/core/intake/draft.ts';
import { PastedFiles } from '../../electron/core/intake/pasted-files.ts';
import { HandOut } from '../../electron/core/export/hand-out.ts';
import { Removal } from '../../electron/core/history/removal.ts';
import { Retention } from '../../electron/core/history/retention.ts';
import { InputCopies } from '../../electron/core/intake/input-copies.ts';
import { openSettings, type SettingsStore } from '../../electron/core/settings/settings.ts';
import { openDatabase } from '../../electron/core/store/database.ts';
import { RunNotes } from '../../electron/core/store/run-notes.ts';
import { RunList } from '../../electron/core/store/run-list.ts';
import { ResultStore } from '../../electron/core/store/result-store.ts';
import { RunStore } from '../../electron/core/store/run-store.ts';
import { RunStorage } from '../../electron/core/store/run-storage.ts';
import type { StoreDatabase } from '../../electron/core/store/store-database.ts';
import { aRun } from './a-run.ts';
import { endRun } from './ended-run.ts';
import { TestClock } from './test-clock.ts';
import { LoudLogger } from './test-core.ts';

/** A run's id for a number: as the folders of runs are named. */
export const runId = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

interface Start {
  readonly database: StoreDatabase;
  readonly runs: RunStore;
  readonly listed: RunList;
  readonly results: ResultStore;
  readonly copies: InputCopies;
  readonly removal: Removal;
  readonly housekeeping: Housekeeping;
}

/** Everything that keeps and drops what runs brought back, on a real database, real files and a clock of the test's. */
export class KeptRuns {
  readonly folder = mkdtempSync(join(tmpdir(), 'omnitray-kept-'));
  readonly logger = new LoudLogger();
  readonly clock: TestClock;
  readonly settings: SettingsStore;
  readonly folderOf = (id: string): string => artifactFolder(this.folder, id);
  #open: Start;

  constructor(now: number) {
    this.clock = new TestClock(now);
    this.settings = openSettings({
      folder: this.folder,
      open: ({ cwd, name }) => new Conf({ cwd, configName: name }),
    }).settings;
    this.#open = this.#start();
  }

  get now(): Start {
    return this.#open;
  }

  /** What a start of the program builds; nothing of it has begun yet. */
  #start(): Start {
    const { folder, folderOf, clock, logger, settings } = this;
    const { database } = openDatabase(folder, clock.now());
    const runs = new RunStore(database, clock);
    const stored = new RunStorage(database);
    const copies = new InputCopies({ notes: new RunNotes(database), logger, folderOf });
    const removal = new Removal({ store: runs, stored, clock, logger, folderOf });
    const retention = new Retention({ runs, stored, removal, settings, clock, logger });
    const pastedFiles = new PastedFiles(pastedFilesFolder(folder));
    const handOut = new HandOut(folder);
    const ports = { folder, runs, stored, removal, retention, copies, handOut, settings, clock, logger, owner: 'app' };
    const housekeeping = new Housekeeping({ ...ports, pastedFiles, draft: new Draft(pastedFiles) });
    return {
      database,
      runs,
      listed: new RunList(database),
      results: new ResultStore(database),
      copies,
      removal,
      housekeeping,
    };
  }

  /** Ends this start, in the middle of whatever it is at, and begins another. */
  restart(): void {
    this.#end();
    this.#open = this.#start();
  }

  /** The next start finds a database that is none. */
  breakDatabase(): void {
    this.#end();
    for (const suffix of ['-wal', '-shm']) rmSync(join(this.folder, `omnitray.db${suffix}`), { force: true });
    writeFileSync(join(this.folder, 'omnitray.db'), 'no database');
    this.#open = this.#start();
  }

  close(): void {
    this.#end();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #end(): void {
    this.#open.housekeeping.close();
    this.#open.removal.close();
    this.#open.copies.close();
    this.#open.database.close();
  }

  /** A run that ended now, and brought back a file of so many bytes. */
  ended(number: number, bytes: number, end: EndState = 'succeeded'): string {
    const id = runId(number);
    const { runs, results } = this.now;
    runs.add({ ...aRun(), id, createdAt: this.clock.now() });
    this.files(id, bytes);
    results.saveOutputs(id, {
      texts: ['a'],
      objects: [],
      artifacts: [
        {
          fid: 'f',
          list: 'files',
          name: 'a.bin',
          mime: 'application/octet-stream',
          size: bytes,
          width: null,
          height: null,
          expires: null,
          problem: null,
        },
      ],
    });
    const [stored] = results.find(id).artifacts;
    if (stored !== undefined) results.updateArtifact(id, { ...stored, file: '1-a.bin' });
    endRun(runs, id, end);
    return id;
  }

  /** One that somebody has looked at. */
  seen(number: number, bytes: number): string {
    const id = this.ended(number, bytes);
    this.now.runs.markSeen(id);
    return id;
  }

  /** The folder of a run, with a file in it. */
  files(id: string, bytes = 1): string {
    mkdirSync(this.folderOf(id), { recursive: true });
    writeFileSync(join(this.folderOf(id), '1-a.bin'), Buffer.alloc(bytes));
    return this.folderOf(id);
  }

  /** Lets time pass, and waits for all that this sets off. */
  async pass(ms: number): Promise<void> {
    await this.clock.pass(ms);
    await this.now.housekeeping.settled();
  }
}
