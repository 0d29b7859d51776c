import type {
  BatchId,
  BatchOrder,
  BatchProgressView,
  BatchRowView,
  BatchView,
  RunId,
  RunView,
} from '../../contract/views.ts';
import { isEnded, RUN_STATES } from '../../contract/views.ts';
import { yieldToOthers } from '../base/clock.ts';
import { AppError } from '../base/coded-error.ts';
import { excerptOf } from '../base/excerpt.ts';
import { safeFileName } from '../base/file-name.ts';
import { BatchValues, namedValues, type Texts } from '../model/batch-values.ts';
import type { BatchAnswer, BatchList, BatchState } from '../store/batch-list.ts';
import type { Runs } from './run-views.ts';

/** Characters of an answer that a row shows. */
const LONGEST_ANSWER = 300;

interface BatchPorts {
  readonly list: BatchList;
  readonly runs: Runs;
}

interface Compared {
  readonly batchId: BatchId;
  readonly stamp: string;
  readonly view: BatchView;
  readonly texts: Texts;
}

/** The runs of a batch side by side. */
export class Batches {
  readonly #ports: BatchPorts;
  /** The last compared batch: what runs were given never changes, and a window shows one batch. */
  #last: Compared | null = null;

  constructor(ports: BatchPorts) {
    this.#ports = ports;
  }

  /** What differs between the runs. @throws AppError `batch-unknown` for a batch without runs */
  async view(batchId: BatchId): Promise<BatchView> {
    return (await this.#compare(batchId)).view;
  }

  /** How many runs are in which state. */
  progress(batchId: BatchId): BatchProgressView {
    const states = this.#ports.list.states(batchId);
    const groups = Map.groupBy(states, ({ state, reason }) => `${state} ${reason ?? ''}`);
    const ends = states.map(({ endedAt }) => endedAt ?? 0);
    return {
      counts: [...groups.values()].flatMap(([first, ...others]) =>
        first === undefined ? [] : [{ state: first.state, reason: first.reason, count: others.length + 1 }],
      ),
      endedAt: states.length > 0 && states.every(isEnded) ? ends.reduce((last, end) => Math.max(last, end), 0) : null,
    };
  }

  /** Some runs of the batch, in the given order. @throws AppError `batch-unknown` */
  async rows(batchId: BatchId, ids: readonly RunId[]): Promise<readonly BatchRowView[]> {
    const { view, texts } = await this.#compare(batchId);
    const wanted = new Set(ids);
    const places = new Map(view.members.flatMap((each) => (wanted.has(each.id) ? [[each.id, each.places]] : [])));
    const runs = new Map(this.#ports.runs.viewsOf([...places.keys()]).map((run) => [run.id, run]));
    const answers = this.#ports.list.answers([...runs.keys()]);
    return ids.flatMap((id) => {
      const [run, place] = [runs.get(id), places.get(id)];
      if (run === undefined || place === undefined) return [];
      const values = place.map((at, column) => texts[column]?.[at] ?? '');
      return [rowOf(run, values, answers.get(id))];
    });
  }

  /** The runs of the batch, sorted. @throws AppError `batch-unknown` */
  async order(batchId: BatchId, by: BatchOrder, isDown: boolean): Promise<readonly RunId[]> {
    const compared = await this.#compare(batchId);
    const given = compared.view.members.map(({ id }) => id);
    if (by !== 'given') return given.toSorted(byKey(this.#keysOf(compared, by), isDown ? -1 : 1));
    return isDown ? given.toReversed() : given;
  }

  #keysOf({ batchId, view, texts }: Compared, by: Exclude<BatchOrder, 'given'>): KeyOf {
    const { list } = this.#ports;
    if (by === 'answer') {
      const answers = list.answers(view.members.map(({ id }) => id));
      return (id) => answers.get(id)?.answer ?? answers.get(id)?.files[0] ?? null;
    }
    if (by === 'state' || by === 'took') {
      const states = new Map(list.states(batchId).map((each) => [each.id, each]));
      const keyOf = ({ state, tookMs }: BatchState) => (by === 'took' ? tookMs : RUN_STATES.indexOf(state));
      return (id) => {
        const found = states.get(id);
        return found === undefined ? null : keyOf(found);
      };
    }
    const column = view.columns.findIndex(({ key }) => `column:${key}` === by);
    const places = new Map(view.members.map((each) => [each.id, each.places[column]]));
    return (id) => texts[column]?.[places.get(id) ?? -1] ?? null;
  }

  async #compare(batchId: BatchId): Promise<Compared> {
    const { list } = this.#ports;
    const stamp = list.stamp(batchId);
    if (this.#last?.batchId === batchId && this.#last.stamp === stamp) return this.#last;
    const values = new BatchValues();
    for (let after: number | null = 0; after !== null;) {
      const { runs, next } = list.page(batchId, after);
      for (const { id, given } of runs) values.add(id, namedValues(given));
      after = next;
      if (after !== null) await yieldToOthers();
    }
    const { texts, ...compared } = values.compared();
    const first = compared.members.map(({ id }) => this.#ports.runs.find(id)).find((run) => run !== null);
    if (first === undefined) throw new AppError('batch-unknown');
    const { recipeId, recipeName, profileId, createdAt } = first;
    this.#last = { batchId, stamp, texts, view: { batchId, recipeId, recipeName, profileId, createdAt, ...compared } };
    return this.#last;
  }
}

function rowOf(run: RunView, values: readonly string[], gave: BatchAnswer | undefined): BatchRowView {
  const answer = isEnded(run) && gave?.answer ? excerptOf(gave.answer, LONGEST_ANSWER) : null;
  const files = isEnded(run) ? (gave?.files ?? []).map((name) => safeFileName(name)) : [];
  return { run, values, tookMs: gave?.tookMs ?? null, answer, files };
}

const words = new Intl.Collator('en', { numeric: true });

type KeyOf = (id: RunId) => string | number | null;

/** Compares by numbers where both are, else by words. What has no key comes last. */
function byKey(keyOf: KeyOf, sign: 1 | -1): (one: RunId, other: RunId) => number {
  const numberOf = (key: string | number): number => (key === '' ? Number.NaN : Number(key));
  return (one, other) => {
    const [a, b] = [keyOf(one), keyOf(other)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    const difference = numberOf(a) - numberOf(b);
    return sign * (Number.isNaN(difference) ? words.compare(String(a), String(b)) : difference);
  };
}
