import { counted } from './counted.ts';
import { type Block, filesOf, filesValue, ReturnedError, textsOf, textValue } from './block.ts';

/** The most steps of the slow recipe, which has one block for each. */
export const MOST_STEPS = 10;

interface Plan {
  readonly steps: number;
  /** The duration of one step, in ms. */
  readonly delay: number;
}

/** Reads `steps=5 delay=200` anywhere in a text. Steps: 1 to 10, default 5. Delay: up to an hour, default 1000 ms. */
export function readPlan(text: string): Plan {
  const steps = Number(/\bsteps=(\d{1,9})/.exec(text)?.[1] ?? 5);
  const delay = Number(/\bdelay=(\d{1,9})/.exec(text)?.[1] ?? 1_000);
  return { steps: Math.min(Math.max(steps, 1), MOST_STEPS), delay: Math.min(delay, 3_600_000) };
}

/** One step: waits, unless the plan has fewer steps. */
export const step: Block = async (run) => {
  const text = textsOf(run.inputs, 'text').join('\n');
  const plan = readPlan(text);
  if (Number(run.data.step) <= plan.steps) await run.wait(plan.delay);
  return { text: textValue(text) };
};

/** Gives a text that names the steps of a plan and their length. */
export const stepsDone: Block = (run) => {
  const { steps, delay } = readPlan(textsOf(run.inputs, 'text').join('\n'));
  return Promise.resolve({ text: textValue(`Finished ${counted(steps, 'step')} of ${delay} ms each.`) });
};

/** Waits for the time in its fields, then throws the error in its fields. */
export const fail: Block = async (run) => {
  await run.wait(Number(run.data.delay ?? 0));
  throw new Error(String(run.data.message));
};

/** Returns the error in its fields without throwing it (wire 9.3). */
export const softFail: Block = (run) => Promise.reject(new ReturnedError(String(run.data.message)));

/** Has inputs and no outputs. Also used for the block that holds a recipe's description. */
export const nothing: Block = () => Promise.resolve({});

/** Passes its pictures on. */
export const passFiles: Block = (run) => Promise.resolve({ images: filesValue(filesOf(run.inputs, 'images')) });
