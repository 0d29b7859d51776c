import { changesOfLoss, jsonLossOf } from '../../contract/json-loss.ts';
import type { InputChange } from '../../contract/views.ts';
import { toAsciiName } from '../omnitool/ascii-name.ts';
import type { Attachment } from './attachment.ts';
import { madeFromView } from './made-from.ts';

/** The parts of an attachment or a stored input that decide how it is changed when it is sent. */
export interface Changeable extends Pick<Attachment, 'kind' | 'name' | 'path' | 'text' | 'size' | 'madeFrom'> {
  readonly notData?: Attachment['notData'];
  /** When it is left out, it is calculated from the text. */
  readonly loss?: Attachment['loss'];
  /** The file name that the server answered after the upload; null before that. */
  readonly serverName: string | null;
}

/**
 * Lists every difference between the file on this machine and what is sent, for all arguments; `changesAt` selects
 * those of one argument. Each is a fact: either this program makes the change, or the server was measured to make it.
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
