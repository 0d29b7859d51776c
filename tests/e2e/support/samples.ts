import { join } from 'node:path';
import { PROJECT } from '../../support/host/which-host.ts';

const sample = (name: string): string => join(PROJECT, 'resources/samples', name);

/** Real files that come with the project. */
export const HILLS = sample('hills.png');
export const HARBOUR = sample('harbour.png');
export const NOTES = sample('notes.txt');
export const PHOTOS = sample('photos.csv');

/** Routes of the server, for faults and for counting. */
export const EXEC = 'POST /api/v1/workflow/exec';
export const UPLOAD = 'POST /fid';
export const FILE = 'GET /fid/';
