/**
 * Recipes as they are published, where they lie beside the project (never part of it). The practice server runs them with
 * stubs in place of the blocks that it does not have.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CHAT_OUTPUT, type Graph, type GraphNode } from '../../electron/practice/blocks/graph.ts';
import { findBlock, practiceBlock } from '../../electron/practice/blocks/registry.ts';
import { RECIPE } from '../../electron/practice/recipes/ids.ts';
import type { PracticeServer } from '../../electron/practice/server.ts';

const FOLDER = resolve(import.meta.dirname, '../../../shared/templates');

/** Why tests that need published recipes are left out; null where they are here. */
export const TEMPLATES_LACK = existsSync(FOLDER) ? null : 'published recipes are not part of this repository';

/** A published recipe, as its file holds it. */
export interface Template {
  readonly meta: { readonly name: string; readonly description: string };
  readonly rete: { readonly nodes: Graph };
}

/** The file names of all recipes, without their ending. */
export const templateNames = (): readonly string[] =>
  TEMPLATES_LACK === null
    ? readdirSync(FOLDER).flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -'.json'.length)] : []))
    : [];

/** @throws when there is no such file */
export const readTemplate = (name: string): Template =>
  JSON.parse(readFileSync(resolve(FOLDER, `${name}.json`), 'utf8')) as Template;

/** Gives the server this recipe, and returns its id there. */
export function offer(server: PracticeServer, { meta, rete }: Template): string {
  const nodes = Object.fromEntries(Object.entries(rete.nodes).map(([id, node]) => [id, runnable(node)]));
  return server.recipeBook.add(RECIPE.echo, { name: meta.name, description: meta.description, nodes }).id;
}

/** Inputs that take files. Their names are those of many authors. */
const MEDIA = /image|img|audio|video|document|file|^inputs$/i;

/** The block as the server would run it: renamed as loading does (wire 13.1), or a stub that says what it was given. */
function runnable(node: GraphNode): GraphNode {
  const name = node.name.replace(/^omni-extension-(formio|replicate):/, 'omni-core-$1:');
  if (findBlock(name) !== undefined) return { ...node, name };
  const gives = Object.entries(node.outputs).map(([output, { connections }]) => [
    output,
    connections.some(({ input }) => MEDIA.test(input)) ? 'file' : 'text',
  ]);
  return { ...node, name: practiceBlock('stub'), data: { ...node.data, stub: Object.fromEntries(gives) } };
}

const isOn = ({ data }: GraphNode): boolean => data.xOmniEnabled !== false;
const chatOutputs = ({ rete }: Template): readonly GraphNode[] =>
  Object.values(rete.nodes).filter((node) => node.name === CHAT_OUTPUT && isOn(node));

/** The number of messages that a run of it says. */
export const saysOf = (template: Template): number => chatOutputs(template).length;

/** The number of files in them: each stub that feeds them gives one. */
export const filesSaid = (template: Template): number =>
  chatOutputs(template)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([port]) => MEDIA.test(port))
    .reduce((sum, [, { connections }]) => sum + connections.length, 0);
