import { isObject } from '../base/json.ts';
import { blank, writePng } from '../pixels/picture.ts';
import { type Block, filesOf, filesValue, textsOf, textValue } from './block.ts';

/**
 * Stands in for a block that is not installed. Its field `stub` names its outputs, each `text` or `file`. A text says what the
 * inputs were given; a file is a picture.
 */
export const stub: Block = async (run) => {
  const given = Object.keys(run.inputs).map((port) => {
    const names = filesOf(run.inputs, port).map(({ fileName }) => fileName);
    return `${port}: ${[...textsOf(run.inputs, port), ...names].join(', ')}`;
  });
  const gives = isObject(run.data.stub) ? Object.entries(run.data.stub) : [];
  const outputs = gives.map(async ([output, kind]) => {
    if (kind !== 'file') return [output, textValue(['A stub was given this:', ...given].join('\n'))] as const;
    return [output, filesValue([await run.makeFile(writePng(blank(8, 8, [90, 120, 160])), 'stub.png')])] as const;
  });
  return Object.fromEntries(await Promise.all(outputs));
};
