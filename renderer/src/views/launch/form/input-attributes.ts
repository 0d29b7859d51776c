import type { FormField, FormValue } from '../../../lib/contract.ts';

/** What every main input of a field has. */
export interface InputAttributes {
  readonly id: string;
  readonly 'data-main': string;
  readonly 'aria-describedby': string;
  readonly 'aria-invalid': boolean;
  readonly 'aria-required': boolean;
}

/** What every control of one input gets. */
export interface ControlProps {
  readonly field: FormField;
  readonly value: FormValue;
  readonly input: InputAttributes;
  readonly isWrong: boolean;
  readonly onwrite: (value: FormValue) => void;
}
