import { BATCH_CSV_WORDS } from '../../contract/text/batch-csv.ts';
import { runStateWords } from '../../contract/text/runs.ts';
import type { FormValue, RunId } from '../../contract/views.ts';
import { yieldToOthers } from '../base/clock.ts';
import type { Run } from '../model/run.ts';
import type { StoredResult } from '../store/result-store.ts';
import { BYTE_ORDER_MARK, csvLine } from './csv.ts';

/** Runs that are read before others get their turn. */
const AT_ONCE = 20;

/** The runs of a CSV file, in its order. Each is read when its line is written, so that memory does not grow with them. */
export interface CsvRuns {
  readonly ids: readonly RunId[];
  /** Null for a run that was removed or cannot be read; it has no line. */
  readonly find: (id: RunId) => Run | null;
  readonly result: (id: RunId) => StoredResult;
  /** The names of the files of a result, as they are told in its line. */
  readonly files: (id: RunId, result: StoredResult) => readonly string[];
}

/** The lines of the file: one for each run with what it was given, then what it gave; before them the names of the columns. */
export async function* csvLinesOf(runs: CsvRuns): AsyncGenerator<string> {
  const columns = await columnsOf(runs);
  yield BYTE_ORDER_MARK + csvLine(titlesOf(columns));
  for (const [index, id] of runs.ids.entries()) {
    if (index % AT_ONCE === 0) await yieldToOthers();
    const run = runs.find(id);
    if (run === null) continue;
    const result = runs.result(id);
    const given = valuesOf(run);
    yield csvLine([
      ...[...columns.keys()].map((key) => given.get(key)?.value ?? ''),
      ...outcomeOf(run, result, runs.files(id, result)),
    ]);
  }
}

/** The label of each thing that some run was given, by its key, in the order of the first run that has it. */
async function columnsOf({ ids, find }: CsvRuns): Promise<ReadonlyMap<string, string>> {
  const columns = new Map<string, string>();
  for (const [index, id] of ids.entries()) {
    if (index % AT_ONCE === 0) await yieldToOthers();
    const run = find(id);
    if (run === null) continue;
    for (const [key, { label }] of valuesOf(run)) if (!columns.has(key)) columns.set(key, label);
  }
  return columns;
}

/** A name may be taken by another field, or by what a run gave: then the key of the field follows. */
function titlesOf(columns: ReadonlyMap<string, string>): readonly string[] {
  const { outcome } = BATCH_CSV_WORDS;
  const taken = new Set<string>(outcome);
  const titles = [...columns].map(([key, label]) => {
    let title = taken.has(label) ? `${label} (${key.slice(key.indexOf(':') + 1)})` : label;
    while (taken.has(title)) title += ' +';
    taken.add(title);
    return title;
  });
  return [...titles, ...outcome];
}

/** What a run was given, whole: the fields of its form, its files, its texts and its message. */
function valuesOf({
  form,
  inputs,
  message,
}: Run): ReadonlyMap<string, { readonly label: string; readonly value: string }> {
  const fields = form ?? [];
  const { file, text, message: messageLabel } = BATCH_CSV_WORDS;
  const others = inputs.filter(({ field }) => !fields.some(({ key }) => key === field));
  const namesOf = (some: Run['inputs']): string => some.map(({ name }) => name).join('; ');
  const written = others.filter(({ path }) => path === null).map((input) => input.text ?? '');
  const rest = [
    ['file', file, namesOf(others.filter(({ path }) => path !== null))],
    ['text', text, written.join('\n\n')],
    ['message', messageLabel, message],
  ] as const;
  return new Map([
    ...fields.map(({ key, label, value, files }) => {
      const cell = files === null ? cellOf(value) : namesOf(inputs.filter(({ field }) => field === key));
      return [`field:${key}`, { label: label.trim() === '' ? key : label, value: cell }] as const;
    }),
    ...rest.flatMap(([key, label, value]) => (value === '' ? [] : [[key, { label, value }] as const])),
  ]);
}

const cellOf = (value: FormValue): string =>
  value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);

/** The columns of `BATCH_CSV_WORDS.outcome`. */
function outcomeOf(run: Run, result: StoredResult, files: readonly string[]): readonly string[] {
  const said = [...result.texts, ...result.messages.map(({ text }) => text)].filter((text) => text !== '');
  const answer = (said.length > 0 ? said : result.objects).join('\n\n');
  const words = runStateWords(run.state, run.reason, run.reasonDetail);
  const isPlain = run.state === 'succeeded' && run.reason === null;
  const failures = run.failures.map(({ block, message }) => (block === null ? message : `${block}: ${message}`));
  const problem = isPlain ? [] : failures.length > 0 ? failures : [words.sentence];
  const started = run.startedAt === null ? '' : timeOf(run.startedAt);
  const took = run.tookMs === null ? '' : String(Math.round(run.tookMs / 100) / 10);
  return [answer, files.join('; '), words.label, problem.join('\n'), started, took];
}

/** `2026-11-25 14:02:11` in local time, which spreadsheets read as a time. */
function timeOf(at: number): string {
  const moment = new Date(at);
  const local = new Date(at - moment.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19).replace('T', ' ');
}
