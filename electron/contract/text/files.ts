import { isDiskCode } from '../disk.ts';
import { countWords, sizeWords } from '../formats.ts';
import { MAX_DATA_DEPTH, MOST_CHAT_BYTES, MOST_CHAT_MESSAGES } from '../limits.ts';
import type { ArtifactProblem, ArtifactSource, AttachmentProblem } from '../views.ts';
import { diskFileWords } from './disk.ts';

/** Why an attachment cannot be sent: one sentence with its name. */
export function attachmentProblemWords(problem: AttachmentProblem, name: string): string {
  switch (problem) {
    case 'unreadable':
      return `${name} cannot be read.`;
    case 'refused':
      return `${name} may not be read by OmniTray. Check that your account may open it.`;
    case 'busy':
      return `${name} is in use by another program. Close it there.`;
    case 'crowded':
      return `${name} could not be read: too many files are open on this computer. Close some programs.`;
    case 'broken':
      return `${name} could not be read: its disk reported a fault. Check the disk.`;
    case 'path':
      return `${name} cannot be reached: its path is too long, or a link in it leads in a circle.`;
    case 'unanswered':
      return `${name} is on a drive that does not answer. Check that it is connected.`;
    case 'looking':
      return `${name} is being checked.`;
    case 'vanished':
      return `${name} is no longer where it was.`;
    case 'empty':
      return `${name} is empty.`;
    case 'too-large':
      return `${name} is larger than 32 MB, the most the server takes.`;
    case 'folder':
      return `${name} is a folder. Add the files in it.`;
    case 'not-a-file':
      return `${name} is not a file.`;
    case 'invalid-json':
      return `${name} is not valid JSON.`;
    case 'too-deep':
      return `${name} is nested deeper than ${MAX_DATA_DEPTH} levels, which cannot be sent.`;
  }
}

/** Why a file or a value of a result is missing on this computer. */
export function artifactProblemWords(problem: ArtifactProblem): string {
  if (isDiskCode(problem)) return diskFileWords(problem);
  switch (problem) {
    case 'gone':
      return 'The server no longer had it when it was fetched.';
    case 'broken':
      return 'It did not arrive whole.';
    case 'timed-out':
      return 'Fetching it took too long.';
    case 'over-limit':
      return 'It was not fetched: it is larger than “Largest file to fetch” in Settings.';
    case 'too-many-links':
      return 'The answer links to more files than OmniTray fetches for one run. Open it in Omnitool to see the others.';
    case 'no-space':
      return 'There was no room for it on the disk.';
    case 'unkept-value':
      return 'It is nested too deep, or has too many parts, to be kept here. Open it in Omnitool.';
  }
}

/** Where a file was found that the answer itself does not name; null where that needs no words. */
export const artifactSourceWords = (source: ArtifactSource | null): string | null =>
  source === 'job' || source === 'file-output' ? 'Found in the File Manager of Omnitool' : null;

/** States how many chat messages are missing, why, and how to get them. */
export const leftOutWords = (messages: number): string =>
  `${countWords(messages, 'more chat message')} ${messages === 1 ? 'was' : 'were'} not kept: of one run OmniTray keeps ` +
  `${countWords(MOST_CHAT_MESSAGES, 'message')}, up to ${sizeWords(MOST_CHAT_BYTES)}. ` +
  'A recipe with a Recipe Output block can give larger answers as a file.';
