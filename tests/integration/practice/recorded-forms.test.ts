/** Forms on the practice server beside a real one: what each start gave, told by its result. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHAT_INPUT, type Graph } from '../../../electron/practice/blocks/graph.ts';
import { RECIPE } from '../../../electron/practice/recipes/ids.ts';
import { type PracticeServer, startPracticeServer } from '../../../electron/practice/server.ts';
import { needs } from '../../support/needs.ts';
import { data, ENDED, field, fields, list, textAt, Visitor } from '../../support/wire/visitor.ts';
import { exchanges, RECORDINGS_LACK } from './recorded.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAFklEQVR4nGP8z0AaYCJR/aiGUQ1DSAMAQC4BH2bjRnMAAAAASUVORK5CYII=',
  'base64',
);

describe('forms compared with a real server', () => {
  needs(RECORDINGS_LACK);
  let server: PracticeServer;
  let visitor: Visitor;
  /** The recipes of the recordings, by their ids there. */
  let recipes: ReadonlyMap<string, string>;

  beforeAll(async () => {
    server = await startPracticeServer();
    visitor = await Visitor.enter(server);
    const nodes = RECORDINGS_LACK === null ? recordedGraph() : {};
    const add = (changed: Graph) => server.recipeBook.add(RECIPE.echo, { nodes: changed }).id;
    recipes = new Map([
      ['7302cca2-d7d3-4427-a705-5d837ba544f8', add(nodes)],
      ['ec575a3b-da56-41b1-8067-f33d0af22eb9', add(onlyTexts(nodes))],
      ['6821c8c2-de7c-48c2-bc4f-4625d05ec964', add(withChat(nodes))],
      ['b2b83452-6cfd-45e2-b836-fc9aebb5ab33', add(withData(nodes, { xOmniEnabled: false }))],
      ['561c8bf1-86dd-45ee-9fdd-a6d3ce298e4a', add(withData(nodes, { enableUI: false }))],
    ]);
  });
  afterAll(() => server.close());

  /** Uploads anew what the recording names, under the name that it had there. */
  async function here(body: string): Promise<string> {
    const isKnown = (fid: string) => !/([az])\1{9}$/.test(fid);
    const fids = [...new Set(body.match(/\b\d\d,[a-z0-9]{10}\b/g) ?? [])].filter(isKnown);
    let text = body.replaceAll('127.0.0.1:1690', new URL(server.origin).host);
    for (const fid of fids) {
      const isText = body.includes('"doc":[{') && body.includes('n.txt');
      const name = isText ? 'n.txt' : body.includes('CHAT') ? 'chat.png' : 'dot.png';
      const [file] = await visitor.upload({ name, bytes: isText ? Buffer.from('hello doc') : PNG });
      text = text.replaceAll(fid, file?.fid ?? '');
    }
    return text;
  }

  it.each(['form-values', 'form-file', 'form-and-chat'])('%s', async (name) => {
    const all = exchanges(name);
    let compared = 0;
    for (const [place, { request, response }] of all.entries()) {
      const theirs = all[place + 1]?.response;
      if (request.method !== 'POST' || typeof request.body !== 'string' || theirs === undefined) continue;
      const { workflow, args } = JSON.parse(await here(request.body)) as { workflow: string; args: object };
      const recipe = recipes.get(workflow);
      // Templates with stubs of their own are compared elsewhere.
      if (recipe === undefined) continue;
      expect(response.status).toBe(200);
      const jobId = await visitor.start(recipe, { ...args });
      await expect.poll(() => visitor.stateOf(jobId)).toSatisfy((state: string | undefined) => ENDED.includes(state));
      const ours = await visitor.result(jobId);
      compared += 1;
      const about = request.body.slice(0, 300);
      expect({ about, status: ours.status }).toEqual({ about, status: theirs.status });
      if (theirs.status !== 200) continue;
      const told = [data(ours), JSON.parse(theirs.body ?? '') as unknown].map(essence);
      expect({ about, ...told[0] }).toEqual({ about, ...told[1] });
    }
    expect(compared).toBeGreaterThan(3);
  });
});

/** The texts of a result, and the name, size and type of each file. */
const essence = (result: unknown) => ({
  text: field(result, 'text'),
  files: fields(field(result, 'artifacts')).map((kind) => [
    kind,
    list(field(field(result, 'artifacts'), kind)).map((file) => [
      textAt(file, 'fileName'),
      field(file, 'size'),
      textAt(file, 'mimeType'),
    ]),
  ]),
});

/** The blocks of the recorded recipe whose schema is a text. */
function recordedGraph(): Graph {
  const { body = '' } = exchanges('form-load')[2]?.response ?? {};
  return (JSON.parse(body) as { workflow: { rete: { nodes: Graph } } }).workflow.rete.nodes;
}

const FORM_ID = 1;
const CHAT_ID = 9;

const withData = (nodes: Graph, more: object): Graph => {
  const form = nodes[FORM_ID];
  return form === undefined ? nodes : { ...nodes, [FORM_ID]: { ...form, data: { ...form.data, ...more } } };
};

/** Of the form only the first two texts. */
function onlyTexts(nodes: Graph): Graph {
  const form = nodes[FORM_ID];
  if (form === undefined) return nodes;
  const inputs = field(form.data, 'x-omni-dynamicInputs');
  const kept = { word: field(inputs, 'word'), long: field(inputs, 'long') };
  const outputs = Object.values(withData(nodes, { 'x-omni-dynamicInputs': kept })).map((node) => {
    if (node.id === FORM_ID) return [node.id, node] as const;
    const { text } = node.inputs;
    const two = { connections: (text?.connections ?? []).slice(0, 2) };
    return [node.id, { ...node, inputs: { text: two } }] as const;
  });
  return Object.fromEntries(outputs);
}

/** With a chat input, whose text and pictures follow those of the form. */
function withChat(nodes: Graph): Graph {
  const to = (input: string) => ({ connections: [{ node: OUTPUT_ID, input, data: {} }] });
  const chat = {
    ...{ id: CHAT_ID, name: CHAT_INPUT, data: {}, inputs: {}, position: [0, 0] as const },
    outputs: { text: to('text'), images: to('images') },
  };
  const output = nodes[OUTPUT_ID];
  if (output === undefined) return nodes;
  const also = (port: 'text' | 'images') => ({
    connections: [...(output.inputs[port]?.connections ?? []), { node: CHAT_ID, output: port, data: {} }],
  });
  const fed = { ...output, inputs: { ...output.inputs, text: also('text'), images: also('images') } };
  return { ...nodes, [CHAT_ID]: chat, [OUTPUT_ID]: fed };
}

const OUTPUT_ID = 4;
