/** The ids of profiles, runs, recipes, presets, attachments, batches and external jobs. */
export type ProfileId = string;
export type RunId = string;
export type RecipeId = string;
export type PresetId = string;
export type AttachmentId = string;
/** Groups the runs made by one drop. */
export type BatchId = string;
/** The id that this machine gave an external job. */
export type ExternalJobId = string;
