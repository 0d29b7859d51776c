/** The migration for files that an answer itself does not name: where each was found (`ArtifactSource`). */
export const FOUND_FILES = 'ALTER TABLE artifacts ADD COLUMN source TEXT;';
