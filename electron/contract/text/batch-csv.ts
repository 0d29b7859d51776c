/** The names of columns in the CSV of a batch. Programs may rely on them. */
export const BATCH_CSV_WORDS = {
  file: 'File',
  text: 'Text',
  message: 'Message',
  /** What became of a run; after what it was given. */
  outcome: ['Answer', 'Files', 'State', 'Problem', 'Started', 'Seconds'],
} as const;
