/** Failures that concern every file and that time or the user can end: work waits without a limit. */
const WAITING_DISK_CODES = [
  'disk-full',
  'disk-refused',
  'disk-gone',
  'disk-unanswered',
  'disk-busy',
  'disk-crowded',
] as const;

/** Failures of one file that time may end: it is tried a few times and then left out. */
export const DOUBTFUL_DISK_CODES = ['disk-read-only', 'disk-broken', 'disk-failed'] as const;

/** Failures of one file that time cannot end: it is left out. */
export const LASTING_DISK_CODES = ['disk-name', 'disk-in-the-way', 'disk-file-too-large'] as const;

export const DISK_CODES = [...WAITING_DISK_CODES, ...DOUBTFUL_DISK_CODES, ...LASTING_DISK_CODES] as const;

/** What a failed call of the file system means; core/base/disk-error.ts maps each errno to one of them. */
export type DiskCode = (typeof DISK_CODES)[number];
/** Why one file could not be written. */
export type FileDiskCode = (typeof DOUBTFUL_DISK_CODES | typeof LASTING_DISK_CODES)[number];

export const isDiskCode = (code: string): code is DiskCode => (DISK_CODES as readonly string[]).includes(code);
