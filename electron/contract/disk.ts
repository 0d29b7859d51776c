/** Mended by time or by the user, and true of every file alike: work waits for as long as it takes. */
const WAITING_DISK_CODES = [
  'disk-full',
  'disk-refused',
  'disk-gone',
  'disk-unanswered',
  'disk-busy',
  'disk-crowded',
] as const;

/** May be mended by time: tried some times, then it is the end of that one file. */
export const DOUBTFUL_DISK_CODES = ['disk-read-only', 'disk-broken', 'disk-failed'] as const;

/** Not mended by time: the end of that one file. */
export const LASTING_DISK_CODES = ['disk-name', 'disk-in-the-way', 'disk-file-too-large'] as const;

export const DISK_CODES = [...WAITING_DISK_CODES, ...DOUBTFUL_DISK_CODES, ...LASTING_DISK_CODES] as const;

/** What a failed call of the file system means (core/disk-error.ts says which errno means what). */
export type DiskCode = (typeof DISK_CODES)[number];
/** Why one file is not on the disk. */
export type FileDiskCode = (typeof DOUBTFUL_DISK_CODES | typeof LASTING_DISK_CODES)[number];

export const isDiskCode = (code: string): code is DiskCode => (DISK_CODES as readonly string[]).includes(code);
