import type { FormField, FormControl } from '../../../../electron/contract/views.ts';
import type { FormData } from '../../../../electron/core/model/form/form-block.ts';

/** What a form block of these components holds. `inputs` is what the block declares. */
export const formOf = (
  components: readonly unknown[],
  inputs: Readonly<Record<string, object>> = {},
  data: Readonly<Record<string, unknown>> = {},
): readonly FormData[] => [{ source: { components }, 'x-omni-dynamicInputs': inputs, ...data }];

/** One line for a field: `width: number 1..8192 128 -> nothing`. */
export function describeField({ key, control, initial, sendAs }: FormField): string {
  const goesTo = sendAs === key ? '' : ` -> ${sendAs ?? 'nothing'}`;
  return `${key}: ${describeControl(control)} ${cut(JSON.stringify(initial))}${goesTo}`;
}

const cut = (text: string): string => (text.length > 41 ? `${text.slice(0, 40)}…` : text);

function describeControl(control: FormControl): string {
  switch (control.kind) {
    case 'text':
      return control.isLong ? 'long text' : 'text';
    case 'number':
      return `number ${String(control.min ?? '')}..${String(control.max ?? '')}`;
    case 'files':
      return `${control.isDrawing ? 'drawing' : 'files'} ${control.accepts.join(', ')}${control.isMany ? ', several' : ''}`;
    default:
      return control.kind;
  }
}
