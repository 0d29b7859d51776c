import { type Block, FORM } from '../blocks/graph.ts';

type Plain = Readonly<Record<string, unknown>>;

/** A field of a form, with the input of the block that it fills. */
export interface FormField {
  readonly key: string;
  /** The component of the form.io schema. */
  readonly shown: Plain;
  /** The input as the block declares it; null: the key of the schema is none of the block's (wire 13.1). */
  readonly input: Plain | null;
}

const field = (key: string, label: string, shown: Plain, input: Plain): FormField => ({
  key,
  shown: { applyMaskOn: 'change', input: true, key, label, tableView: true, ...shown },
  input: { control: { type: 'AlpineLabelControl' }, name: key, title: label, ...input },
});

/** A text of several lines. */
export const textArea = (key: string, label: string, shown: Plain = {}, input: Plain = {}): FormField =>
  field(key, label, { autoExpand: false, type: 'textarea', ...shown }, { type: 'string', ...input });

/** A text of one line. */
export const textLine = (key: string, label: string, shown: Plain = {}, input: Plain = {}): FormField =>
  field(key, label, { type: 'textfield', ...shown }, { type: 'string', customSocket: 'text', ...input });

/** A number between two limits. */
export const number = (
  key: string,
  label: string,
  [min, max]: readonly [number, number],
  shown: Plain = {},
  input: Plain = {},
): FormField =>
  field(
    key,
    label,
    {
      delimiter: false,
      inputFormat: 'plain',
      mask: false,
      requireDecimal: false,
      tableView: false,
      type: 'number',
      validate: { max, min },
      ...shown,
    },
    { type: 'number', minimum: min, maximum: max, ...input },
  );

type Options = readonly (readonly [value: string, label: string])[];
const optionsOf = (options: Options) => options.map(([value, label]) => ({ label, value }));

/** A choice from a list. */
export const select = (key: string, label: string, options: Options, shown: Plain = {}, input: Plain = {}): FormField =>
  field(
    key,
    label,
    { data: { values: optionsOf(options) }, type: 'select', widget: 'choicesjs', ...shown },
    { type: 'string', customSocket: 'text', choices: options.map(([value]) => value), ...input },
  );

/** A choice with all its options in sight. */
export const radio = (key: string, label: string, options: Options, shown: Plain = {}, input: Plain = {}): FormField =>
  field(
    key,
    label,
    { inline: false, tableView: false, type: 'radio', values: optionsOf(options), ...shown },
    { type: 'string', customSocket: 'text', choices: options.map(([value]) => value), ...input },
  );

/** A box to tick. */
export const checkbox = (key: string, label: string, shown: Plain = {}, input: Plain = {}): FormField =>
  field(
    key,
    label,
    { tableView: false, type: 'checkbox', ...shown },
    { type: 'boolean', customSocket: 'boolean', ...input },
  );

/** Files for a socket such as `image` or `document`. */
export const file = (key: string, label: string, socket: string, shown: Plain = {}, input: Plain = {}): FormField =>
  field(
    key,
    label,
    {
      capture: false,
      fileTypes: [{ label: '', value: '' }],
      image: socket.startsWith('image'),
      storage: 'b64-fixed-storage-provider',
      tableView: false,
      type: 'file',
      webcam: false,
      ...shown,
    },
    { type: 'object', customSocket: socket, socketOpts: {}, ...input },
  );

/** A picture with a drawing on it. */
export const drawing = (key: string, label: string, shown: Plain = {}): FormField =>
  file(key, label, 'image', { type: 'imagedraw', ...shown });

const words = (key: string, label: string, content: string, more: Plain): Plain => ({
  attrs: [{ attr: '', value: '' }],
  content,
  input: false,
  key,
  label,
  refreshOnChange: false,
  tableView: false,
  type: 'htmlelement',
  ...more,
});

/** The schema of a form, laid out as the form builder of Omnitool does. */
export const schemaOf = (title: string, description: string, fields: readonly FormField[]): Plain => ({
  components: [
    words('x-title', 'Recipe Title', title, { tag: 'h3' }),
    words('x-desc', 'Recipe Description', description, {}),
    {
      components: [
        { components: fields.map(({ shown }) => shown), key: 'x-inputs', label: 'Inputs' },
        {
          components: [
            words('x-outputContent', 'Results Pane', 'Results will show up here!', {
              attrs: [{ attr: 'id', value: 'outputContent' }],
              tag: 'div',
            }),
          ],
          key: 'x-results',
          label: 'Results',
        },
      ],
      input: false,
      key: 'tabs',
      label: 'Tabs',
      tableView: false,
      type: 'tabs',
    },
    words('html', 'HTML', '&nbsp;', { tag: 'div' }),
    {
      disableOnInvalid: true,
      input: true,
      key: 'submit',
      label: 'Run Recipe',
      showValidations: false,
      tableView: true,
      type: 'button',
    },
  ],
});

/** A form block with a schema, its inputs and the values that its author typed in last. */
export function formBlock(source: unknown, fields: readonly FormField[], saved: Plain): Block {
  const inputs = Object.fromEntries(fields.flatMap(({ key, input }) => (input === null ? [] : [[key, input]])));
  const empty = Object.fromEntries(Object.keys(inputs).map((key) => [key, '']));
  return [
    FORM,
    {
      button: '',
      editMode: false,
      enableUI: true,
      ...empty,
      ...saved,
      source,
      'x-omni-dynamicInputs': inputs,
      'x-omni-dynamicOutputs': inputs,
      xOmniEnabled: true,
    },
  ];
}
