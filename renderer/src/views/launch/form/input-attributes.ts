import type { FormField } from '../../../lib/contract.ts';

/** What every main input of a field has. */
export interface InputAttributes {
  readonly id: string;
  readonly 'data-main': string;
  readonly 'aria-describedby': string;
  readonly 'aria-invalid': boolean;
  readonly 'aria-required': boolean;
}

/** The control of this kind. */
export type ControlOf<Kind extends FormField['control']['kind']> = FormField['control'] & { readonly kind: Kind };
