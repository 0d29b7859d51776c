import { changesOfLoss, jsonLossOf } from '../../contract/json-loss.ts';
import type { InputChange } from '../../contract/views.ts';
import { toAsciiName } from '../omnitool/ascii-name.ts';
import type { Attachment } from './attachment.ts';
import { madeFromView } from './made-from.ts';

/** As much of an attachment or a stored input as tells what is changed on its way. */
export interface Changeable extends Pick<Attachment, 'kind' | 'name' | 'path' | 'text' | 'size' | 'madeFrom'> {
  readonly notData?: Attachment['notData'];
  /** Looked for in the text where it is not given. */
  readonly loss?: Attachment['loss'];
  /** What the server answered that it calls the file; null before that. */
  readonly serverName: string | null;
}

/**
 * All that is not as it is on this machine once it is sent, whichever argument it goes under; `changesAt` picks what
 * applies. Nothing that is told here is a guess: it is what this program does, or what the server was measured to do.
 */
export function changesOf(thing: Changeable): readonly InputChange[] {
  const { kind, path, text, madeFrom, notData = null } = thing;
  return [
    ...(madeFrom === null ? [] : [{ kind: 'png', from: madeFromView(madeFrom) } as const]),
    ...(notData === null ? [] : [{ kind: 'not-data', why: notData } as const]),
    ...(path === null ? [] : nameChange(thing)),
    ...(kind === 'json' && text !== null ? valueChanges(thing, text) : []),
  ];
}

function nameChange({ name, serverName }: Changeable): readonly InputChange[] {
  const sent = toAsciiName(name);
  const kept = serverName === sent || serverName === '' ? null : serverName;
  return sent === name && kept === null ? [] : [{ kind: 'name', sent, kept }];
}

function valueChanges(thing: Changeable, text: string): readonly InputChange[] {
  const { path, size, loss = jsonLossOf(text) } = thing;
  return [
    ...(path !== null && Buffer.byteLength(text) !== size ? [{ kind: 'mark' } as const] : []),
    ...changesOfLoss(loss),
  ];
}
