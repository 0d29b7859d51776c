/** The names by which things are told apart. */
export type ProfileId = string;
export type RunId = string;
export type RecipeId = string;
export type AttachmentId = string;
/** Groups the runs made by one drop. */
export type BatchId = string;
/** A job of this user that was not started from this machine, as this machine names it. */
export type ExternalJobId = string;
