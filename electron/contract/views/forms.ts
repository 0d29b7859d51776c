/** The form of a recipe, as plain data: its inputs, and how they are arranged (wire 13). */
import type { AttachmentKind } from './kinds.ts';

/** A value of a form: JSON. Files are not values; they are inputs of the run that name their field. */
export type FormValue = string | number | boolean | null | readonly FormValue[] | { readonly [key: string]: FormValue };

/** The values of a form by the key of the field. */
export type FormValues = Readonly<Record<string, FormValue>>;

/** How one input is filled in, with its limits. A limit that the form does not set is null. */
export type FormControl =
  | {
      readonly kind: 'text';
      /** Several lines. */
      readonly isLong: boolean;
      readonly format: 'any' | 'email' | 'url';
      readonly minLength: number | null;
      readonly maxLength: number | null;
      /** A regular expression that the whole text must match. */
      readonly pattern: string | null;
    }
  | {
      readonly kind: 'number';
      readonly min: number | null;
      readonly max: number | null;
      readonly step: number | null;
      readonly isWhole: boolean;
    }
  | { readonly kind: 'checkbox' }
  /** `many` values are sent as a list; `flags` as an object with true or false for each option. */
  | { readonly kind: 'choice'; readonly options: readonly FormOption[]; readonly sends: 'one' | 'many' | 'flags' }
  /** `writes` is what form.io makes of it: an ISO time, `05/24/2026`, or `17:30:00`. */
  | { readonly kind: 'date'; readonly has: 'date' | 'time' | 'both'; readonly writes: 'iso' | 'day' | 'time' }
  | { readonly kind: 'colour' }
  | {
      readonly kind: 'files';
      /** The kinds of files that are meant; empty: any file. */
      readonly accepts: readonly AttachmentKind[];
      readonly isMany: boolean;
      /** Drawn in Omnitool's own form, as the mask of a picture. */
      readonly isDrawing: boolean;
      /** Sent as the files of a chat are: the block does not convert them (wire 13.3). */
      readonly isPlain: boolean;
    }
  /** An input of a type that OmniTray does not know: any JSON value. `type` is the type that the form names. */
  | { readonly kind: 'json'; readonly type: string };

/** The control of this kind. */
export type ControlOf<Kind extends FormControl['kind']> = FormControl & { readonly kind: Kind };

export interface FormOption {
  readonly value: string | number | boolean;
  readonly label: string;
}

/** Shows a field only while another field has a value; or, with `shows` false, only while it has not. */
export interface FormCondition {
  readonly key: string;
  /** Compared as a text, as form.io does. */
  readonly value: string;
  readonly shows: boolean;
}

/** One input of a form. */
export interface FormField {
  /** Unique in its form. */
  readonly key: string;
  readonly label: string;
  /** '' for none, as `placeholder`. */
  readonly description: string;
  readonly placeholder: string;
  readonly isRequired: boolean;
  readonly control: FormControl;
  /** What the form holds before it is filled in: the default of the form, else the value that the recipe holds. */
  readonly initial: FormValue;
  /** The argument under which it is sent. Null: the block has no such input, so the server would ignore it (wire 13.1). */
  readonly sendAs: string | null;
  readonly condition: FormCondition | null;
}

/** How the inputs are arranged, in the order of the form. */
export type FormPart =
  | { readonly kind: 'field'; readonly key: string }
  /** HTML by the author of the recipe; untrusted. */
  | { readonly kind: 'words'; readonly html: string }
  | {
      readonly kind: 'group';
      readonly look: FormLook;
      readonly title: string;
      /** How many pages stand in one row: the columns of a table, and all pages of `columns`. */
      readonly across: number;
      readonly pages: readonly FormPage[];
    };

/** `tabs` has a page for each tab, `columns` and `table` one for each cell, row by row; the others have one page. */
export type FormLook = 'tabs' | 'columns' | 'table' | 'panel' | 'fieldset';

export interface FormPage {
  readonly title: string;
  readonly parts: readonly FormPart[];
}

/** What the user should know of a form. */
export type FormNote =
  /** It has scripts, which are never run: they may hide or calculate fields in Omnitool's own form. */
  | 'has-scripts'
  /** Some of it could not be read or was too much. */
  | 'incomplete';

export interface RecipeForm {
  readonly fields: readonly FormField[];
  readonly parts: readonly FormPart[];
  /** Inputs of the block that the form does not show. They keep the value that the recipe holds. */
  readonly unshown: readonly string[];
  readonly notes: readonly FormNote[];
}

/** One field of a form as a run sends it. */
export interface RunFormField {
  readonly key: string;
  readonly label: string;
  /** The argument; null: the server would ignore it, so it is not sent. */
  readonly sendAs: string | null;
  /** As it is sent; null for files, which are inputs of the run. */
  readonly value: FormValue;
  /** How the files of the field are sent; null when it takes none (wire 13.3). */
  readonly files: 'entries' | 'plain' | null;
}
