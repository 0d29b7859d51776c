import { counted } from './counted.ts';
import { type Block, filesOf, filesValue, ReturnedError, textsOf, textValue } from './block.ts';

/** Most steps of the slow recipe; it has one block for each. */
export const MOST_STEPS = 10;

interface Plan {
  readonly steps: number;
  /** Of one step, in ms. */
  readonly delay: number;
}

/** Reads `steps=5 delay=200` anywhere in a text. Steps: 1 to 10, usually 5. Delay: up to an hour, usually 1000 ms. */
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

/** Waits as long as was typed into it, then throws what was typed into it. */
export const fail: Block = async (run) => {
  await run.wait(Number(run.data.delay ?? 0));
  throw new Error(String(run.data.message));
};

/** Hands back what was typed into it as an error, without throwing it (wire 9.3). */
export const softFail: Block = (run) => Promise.reject(new ReturnedError(String(run.data.message)));

/** Takes anything, gives nothing: the end of a wire, or a block that only holds a recipe's words. */
export const nothing: Block = () => Promise.resolve({});

/** Gives on the pictures it gets. */
export const passFiles: Block = (run) => Promise.resolve({ images: filesValue(filesOf(run.inputs, 'images')) });
