import type { FormCondition, FormField, FormLook, FormPage, FormPart, RecipeForm } from '../../../contract/views.ts';
import { fieldsOf } from '../../omnitool/schemas.ts';
import { type BlockInput, type FormBlock, type FormData, readBlock } from './form-block.ts';
import { controlOf, type Component } from './form-control.ts';
import { emptyValue, initialValue } from './form-initial.ts';

/** A schema of thousands of fields is no form that anyone fills in. */
const MOST_FIELDS = 1_000;
const MOST_PARTS = 5_000;
const MOST_DEPTH = 32;
/** Characters of a label, a description or a placeholder. */
const LONGEST_TEXT = 2_000;
/** Characters of a heading or paragraph with its markup. */
const LONGEST_HTML = 20_000;

/** Any argument of this name fails the job (wire 13.2). */
const FAILS_THE_JOB = 'error';

/** Components that only the page of Omnitool uses: its title, its place for results, its button. */
const isDecoration = ({ type, key }: Component): boolean =>
  type === 'button' || (typeof key === 'string' && /^x-(title|desc|outputContent)$/.test(key));

/**
 * The form of a recipe, read from its form blocks; null when it has none. Nothing in a schema is run. What cannot be
 * read is left out or becomes a JSON field, and `notes` says so.
 */
export function readForm(forms: readonly FormData[]): RecipeForm | null {
  if (forms.length === 0) return null;
  const blocks = forms.map(readBlock);
  const reader = new FormReader(new Map(blocks.flatMap(({ inputs }) => [...inputs])));
  const parts = blocks.flatMap((block) => reader.read(block));
  return reader.formOf(parts);
}

class FormReader {
  readonly #inputs: ReadonlyMap<string, BlockInput>;
  readonly #fields = new Map<string, FormField>();
  #parts = 0;
  #hasScripts = false;
  #isIncomplete = false;

  constructor(inputs: ReadonlyMap<string, BlockInput>) {
    this.#inputs = inputs;
  }

  read({ schema }: FormBlock): readonly FormPart[] {
    if (schema === null) {
      this.#isIncomplete = true;
      return [];
    }
    return this.#partsOf(schema.components, null, 0);
  }

  formOf(parts: readonly FormPart[]): RecipeForm {
    const fields = withCertainFiles([...this.#fields.values()], this.#inputs);
    const sent = new Set(fields.map(({ sendAs }) => sendAs));
    const notes = [this.#hasScripts && ('has-scripts' as const), this.#isIncomplete && ('incomplete' as const)];
    return {
      fields,
      parts,
      unshown: [...this.#inputs.keys()].filter((key) => !sent.has(key)),
      notes: notes.filter((note) => note !== false),
    };
  }

  #partsOf(components: unknown, condition: FormCondition | null, depth: number): readonly FormPart[] {
    if (!Array.isArray(components)) return [];
    return components.flatMap((component: unknown) => this.#partOf(fieldsOf(component), condition, depth));
  }

  #partOf(component: Component, outer: FormCondition | null, depth: number): readonly FormPart[] {
    this.#parts += 1;
    if (this.#parts > MOST_PARTS || depth > MOST_DEPTH) {
      this.#isIncomplete = true;
      return [];
    }
    if (component.hidden === true || isDecoration(component)) return [];
    if (hasScripts(component)) this.#hasScripts = true;
    const condition = this.#conditionOf(component) ?? outer;
    if (component.type === 'htmlelement' || component.type === 'content') return wordsOf(component);
    const look = LOOKS.get(String(component.type));
    if (look !== undefined) return this.#groupOf(look, component, condition, depth + 1);
    return this.#fieldOf(component, condition);
  }

  #groupOf(look: FormLook, component: Component, condition: FormCondition | null, depth: number): readonly FormPart[] {
    const cells = cellsOf(look, component).map((cell): FormPage => {
      const { label, title } = cell;
      return { title: textOf(title ?? label), parts: this.#partsOf(cell.components, condition, depth) };
    });
    const pages = shownPages(look, cells);
    const [only] = pages;
    if (only === undefined) return [];
    if (look === 'tabs' && pages.length === 1) return only.parts;
    const title = look === 'tabs' ? '' : textOf(component.title ?? component.legend);
    const across = look === 'table' ? widthOf(component) : look === 'columns' ? pages.length : 1;
    return [{ kind: 'group', look, title, across, pages }];
  }

  #fieldOf(component: Component, condition: FormCondition | null): readonly FormPart[] {
    const { key, type } = component;
    if (typeof type !== 'string' || typeof key !== 'string' || key === '') return [];
    if (this.#fields.has(key)) return [];
    if (this.#fields.size >= MOST_FIELDS) {
      this.#isIncomplete = true;
      return [];
    }
    const input = this.#inputs.get(key);
    const { control, isWhole } = controlOf(component, input);
    if (!isWhole) this.#isIncomplete = true;
    this.#fields.set(key, {
      key,
      label: textOf(component.label) || key,
      description: textOf(component.description) || textOf(component.tooltip),
      placeholder: textOf(component.placeholder),
      isRequired: fieldsOf(component.validate).required === true,
      control,
      initial: initialValue(control, component.defaultValue, input?.kept),
      sendAs: this.#sendAs(key),
      condition: condition?.key === key ? null : condition,
    });
    return type === 'hidden' ? [] : [{ kind: 'field', key }];
  }

  /** A block whose inputs could not be read may have any. */
  #sendAs(key: string): string | null {
    if (key === FAILS_THE_JOB) return null;
    return this.#inputs.size === 0 || this.#inputs.has(key) ? key : null;
  }

  /** The condition of a component, where it is one that can be checked without running a script. */
  #conditionOf({ conditional }: Component): FormCondition | null {
    const { show, when, eq, conditions } = fieldsOf(conditional);
    if (Array.isArray(conditions) && conditions.length > 0) {
      const { component, operator, value } = fieldsOf(conditions[0]);
      if (conditions.length === 1 && operator === 'isEqual' && typeof component === 'string')
        return { key: component, value: plain(value), shows: isTrue(show) };
      this.#hasScripts = true;
      return null;
    }
    if (typeof when !== 'string' || when === '') return null;
    return { key: when, value: plain(eq), shows: isTrue(show) };
  }
}

const LOOKS: ReadonlyMap<string, FormLook> = new Map([
  ['tabs', 'tabs'],
  ['columns', 'columns'],
  ['table', 'table'],
  ['panel', 'panel'],
  ['well', 'panel'],
  ['fieldset', 'fieldset'],
]);

/** The pages of a group, as components that have components. */
function cellsOf(look: FormLook, component: Component): readonly Component[] {
  if (look === 'tabs') return objectsIn(component.components);
  if (look === 'columns') return objectsIn(component.columns);
  if (look === 'table') {
    const width = widthOf(component);
    // A short row is filled up, so that each cell stays in its column.
    return rowsOf(component).flatMap((row) =>
      Array.from({ length: Math.max(width, row.length) }, (_, column) => row[column] ?? {}),
    );
  }
  return [{ components: component.components }];
}

const rowsOf = ({ rows }: Component): readonly (readonly Component[])[] =>
  Array.isArray(rows) ? rows.map(objectsIn) : [];

/** The columns of a table; 1 for one that is too large to keep its empty cells. */
function widthOf(component: Component): number {
  const rows = rowsOf(component);
  const width = rows.reduce((widest, { length }) => Math.max(widest, length), 1);
  return width * rows.length > MOST_PARTS ? 1 : width;
}

/** The pages that hold something. An empty cell of a table keeps its place. */
function shownPages(look: FormLook, cells: readonly FormPage[]): readonly FormPage[] {
  const isFull = ({ parts }: FormPage): boolean => parts.length > 0;
  // A tab for results holds no field: it is a place that only the page of Omnitool fills.
  if (look === 'tabs' && cells.some(hasField)) return cells.filter(hasField);
  if (look === 'table') return cells.some(isFull) ? cells : [];
  return cells.filter(isFull);
}

const objectsIn = (list: unknown): readonly Component[] => (Array.isArray(list) ? list.map(fieldsOf) : []);

const hasField = ({ parts }: FormPage): boolean =>
  parts.some((part) => part.kind === 'field' || (part.kind === 'group' && part.pages.some(hasField)));

const isTrue = (value: unknown): boolean => value === true || value === 'true';
const plain = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';

/** A text on one or several lines without markup: it is shown as text only. */
const textOf = (value: unknown): string =>
  typeof value === 'string'
    ? value
        .slice(0, LONGEST_TEXT)
        .replaceAll(/<[^<>]*>/g, '')
        .trim()
    : '';

const HEADING = /^(h[1-6]|p)$/;

function wordsOf({ tag, content, html }: Component): readonly FormPart[] {
  const text = typeof content === 'string' ? content : typeof html === 'string' ? html : '';
  if (text.replaceAll(/&nbsp;|\s/g, '') === '') return [];
  const name = typeof tag === 'string' && HEADING.test(tag) ? tag : 'div';
  return [{ kind: 'words', html: `<${name}>${text.slice(0, LONGEST_HTML)}</${name}>` }];
}

const SCRIPTS = ['customConditional', 'calculateValue', 'customDefaultValue'] as const;

/** Whether a script decides over a component in the page of Omnitool. */
function hasScripts(component: Component): boolean {
  const { custom, json } = fieldsOf(component.validate);
  const { logic } = component;
  const { json: shownByLogic } = fieldsOf(component.conditional);
  const texts = [...SCRIPTS.map((name) => component[name]), custom, json, shownByLogic];
  return (
    texts.some((text) => text !== undefined && text !== null && text !== '') ||
    (Array.isArray(logic) && logic.length > 0)
  );
}

/**
 * Sends the files of a field to the one input that it can mean: when a form names its only file field otherwise than the
 * block its only file input (wire 13.1, Book Recommendation).
 */
function withCertainFiles(fields: readonly FormField[], inputs: ReadonlyMap<string, BlockInput>): readonly FormField[] {
  const lost = fields.filter(({ control, sendAs }) => control.kind === 'files' && sendAs === null);
  const shown = new Set(fields.map(({ key }) => key));
  const free = [...inputs.values()].filter(({ key, files }) => files !== null && !shown.has(key));
  const [field, input] = [lost[0], free[0]];
  if (lost.length !== 1 || free.length !== 1 || field === undefined || input === undefined) return fields;
  const { control } = field;
  if (control.kind !== 'files' || !agrees(control.accepts, input.files ?? [])) return fields;
  const accepts = control.accepts.length > 0 ? control.accepts : (input.files ?? []);
  const found = {
    ...field,
    sendAs: input.key,
    control: { ...control, accepts, isMany: input.takesMany, isPlain: input.isArraySocket },
  };
  return fields.map((each) => (each === field ? { ...found, initial: emptyValue(found.control) } : each));
}

const agrees = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === 0 || other.length === 0 || one.some((kind) => other.includes(kind));
