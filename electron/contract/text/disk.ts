/** Texts for errors of the file system. "May not" is used only for missing permission, "full" only for a full disk. */
import type { DiskCode, FileDiskCode } from '../disk.ts';
import { sizeWords } from '../formats.ts';

interface DiskWords {
  /** What happened to `place`, a file or a folder. */
  readonly title: (place: string) => string;
  /** The next step when the user chose the place. */
  readonly next: string;
  /** The next step when the place is in OmniTray's own folder, `OMNITRAY_HOME`. */
  readonly mend: string;
}

/** One entry per code, so that a new code without a text does not compile. */
const DISK: Record<DiskCode, DiskWords> = {
  'disk-full': {
    title: () => 'The disk is full.',
    next: 'Make some room, then try again.',
    mend: 'Make some room on the disk.',
  },
  'disk-refused': {
    title: (place) => `OmniTray may not write to ${place}.`,
    next: 'Choose another place.',
    mend: 'Check that your account may write to the folder and the files in it.',
  },
  'disk-gone': {
    title: (place) => `${place} cannot be reached: its folder or disk is not there.`,
    next: 'Connect the disk or choose another place.',
    mend: 'Connect the disk that the folder is on.',
  },
  'disk-unanswered': {
    title: (place) => `${place} is on a drive that does not answer.`,
    next: 'Check that the drive or the network is connected, or choose another place.',
    mend: 'Check that the drive or the network is connected.',
  },
  'disk-busy': {
    title: (place) => `Another program is using ${place}.`,
    next: 'Close it there, then try again.',
    mend: 'Close the other program: a backup, a virus scan or a second OmniTray, say.',
  },
  'disk-crowded': {
    title: () => 'Too many files are open on this computer.',
    next: 'Close some programs, then try again.',
    mend: 'Close some programs.',
  },
  'disk-read-only': {
    title: (place) => `${place} is on a disk that can only be read.`,
    next: 'Choose another place.',
    mend: 'Make the disk writable again, or set OMNITRAY_HOME to a folder on another one.',
  },
  'disk-broken': {
    title: (place) => `The disk reported a fault at ${place}.`,
    next: 'Check the disk, or choose another place.',
    mend: 'Check the disk that the folder is on.',
  },
  'disk-failed': {
    title: (place) => `${place} could not be written.`,
    next: 'Try again, or choose another place.',
    mend: 'Check the disk that the folder is on.',
  },
  'disk-name': {
    title: (place) => `The disk does not take the name ${place}.`,
    next: 'Use a shorter name without special characters.',
    mend: 'Set OMNITRAY_HOME to a folder with a shorter name.',
  },
  'disk-in-the-way': {
    title: (place) =>
      `Something else is in the place of ${place}: a file where a folder is needed, or a folder in place of a file.`,
    next: 'Choose another name or another place.',
    mend: 'Move it away, or set OMNITRAY_HOME to another folder.',
  },
  'disk-file-too-large': {
    title: (place) => `${place} is larger than this disk takes in one file.`,
    next: 'Choose another disk.',
    mend: 'Set OMNITRAY_HOME to a folder on another disk.',
  },
};

/** For a file that the user saves, exports or opens: what happened, and the next step. */
export function diskErrorWords(code: DiskCode, place: string | null): readonly [title: string, next: string] {
  const { title, next } = DISK[code];
  return [begun(title(place ?? 'this place')), next];
}

/** For a start that the data folder prevents. `folder` is its whole path. */
export function diskStartWords(code: DiskCode, folder: string): readonly [title: string, next: string] {
  const { title, mend } = DISK[code];
  const where = title(folder).includes(folder) ? '' : ` OmniTray keeps its data in ${folder}.`;
  return [`${title(folder)}${where}`, `${mend} Then start OmniTray again.`];
}

/** For a run that waits. `detail` is the number of missing bytes in digits if the code is `disk-full`, or null. */
export function diskRunWords(code: DiskCode, detail: string | null): readonly [sentence: string, next: string] {
  const { title, mend } = DISK[code];
  const missing = detail === null || !/^\d+$/.test(detail) ? null : Number(detail);
  if (code === 'disk-full' && missing !== null)
    return [
      `The disk is too full: ${sizeWords(missing)} more are needed. This run waits for room.`,
      'Make some room on the disk, or leave less of it free in Settings.',
    ];
  return [`${begun(title("OmniTray's folder"))} This run waits.`, mend];
}

/** Why a file of a result is missing on this computer. */
export const diskFileWords = (code: FileDiskCode): string => begun(DISK[code].title('this file'));

const begun = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);
