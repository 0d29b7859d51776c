/**
 * A file system in memory, mounted by FUSE, that stops answering when it is told to: a network drive that hangs, for real.
 * It is a process of its own, because the kernel blocks whoever touches it. Usage: node fuse-child.ts <mount point>
 * [deaf], with a channel: takes `hang` and `answer`, says `mounted` or what is missing. A deaf one never takes a request,
 * as a server that is gone, so that whoever waits can be killed. Ends with its parent, and the mount with it.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, read, writeSync } from 'node:fs';
import { promisify } from 'node:util';

/** Opcodes and structures: linux/fuse.h, protocol 7.31. */
const OP = {
  lookup: 1,
  forget: 2,
  getattr: 3,
  setattr: 4,
  unlink: 10,
  mkdir: 9,
  open: 14,
  read: 15,
  write: 16,
  release: 18,
  fsync: 20,
  flush: 25,
  init: 26,
  opendir: 27,
  readdir: 28,
  releasedir: 29,
  create: 35,
  interrupt: 36,
  batchForget: 42,
} as const;
const [ENOENT, ENOSYS] = [-2, -38];
const [DIRECTORY, REGULAR] = [0o040_755, 0o100_644];
const MOST_BYTES = 1_048_576 + 4_096;
const ROOT = 1n;
/** Every read and write reaches us: the kernel keeps nothing. */
const DIRECT_IO = 1;

interface Node {
  readonly id: bigint;
  readonly entries: Map<string, bigint> | null;
  bytes: Buffer;
}

const nodes = new Map<bigint, Node>([[ROOT, { id: ROOT, entries: new Map(), bytes: Buffer.alloc(0) }]]);

function make(parent: Node, name: string, isFolder: boolean): Node {
  const node = {
    id: BigInt(nodes.size + 1),
    entries: isFolder ? new Map<string, bigint>() : null,
    bytes: Buffer.alloc(0),
  };
  nodes.set(node.id, node);
  parent.entries?.set(name, node.id);
  return node;
}

/** A sequence of little-endian numbers: `q` of 64 bits, `i` of 32, `h` of 16. */
function pack(...values: readonly (readonly ['q' | 'i' | 'h', number | bigint])[]): Buffer {
  return Buffer.concat(
    values.map(([size, value]) => {
      const bytes = Buffer.alloc(size === 'q' ? 8 : size === 'i' ? 4 : 2);
      if (size === 'q') bytes.writeBigUInt64LE(BigInt(value));
      else if (size === 'i') bytes.writeUInt32LE(Number(value));
      else bytes.writeUInt16LE(Number(value));
      return bytes;
    }),
  );
}

const zeros = (count: number): (readonly ['i', number])[] => Array.from({ length: count }, () => ['i', 0] as const);

const attributes = ({ id, entries, bytes }: Node): Buffer =>
  pack(
    ['q', id],
    ['q', bytes.byteLength],
    ...zeros(2),
    ...['atime', 'mtime', 'ctime'].map(() => ['q', 1_700_000_000] as const),
    ...zeros(3),
    ['i', entries === null ? REGULAR : DIRECTORY],
    ['i', 1],
    ...zeros(5),
  );

const entryOf = (node: Node): Buffer => Buffer.concat([pack(['q', node.id], ['q', 0], ...zeros(6)), attributes(node)]);
const attributesReply = (node: Node): Buffer => Buffer.concat([pack(...zeros(4)), attributes(node)]);
const opened = (): Buffer => pack(['q', 0], ['i', DIRECT_IO], ['i', 0]);
const textOf = (body: Buffer, from: number): string => body.subarray(from).toString().replace(/\0.*$/su, '');

function listed(node: Node, offset: number): Buffer {
  const names = [...(node.entries ?? [])].slice(offset);
  return Buffer.concat(
    names.map(([name, id], index) => {
      const bytes = Buffer.from(name);
      const type = nodes.get(id)?.entries === null ? 8 : 4;
      const head = pack(['q', id], ['q', offset + index + 1], ['i', bytes.byteLength], ['i', type]);
      return Buffer.concat([head, bytes, Buffer.alloc((8 - (bytes.byteLength % 8)) % 8)]);
    }),
  );
}

function written(node: Node, body: Buffer): Buffer {
  const [offset, size] = [Number(body.readBigUInt64LE(8)), body.readUInt32LE(16)];
  const end = Math.max(node.bytes.byteLength, offset + size);
  node.bytes = Buffer.concat([node.bytes], end);
  body.copy(node.bytes, offset, 40, 40 + size);
  return pack(['i', size], ['i', 0]);
}

/** The body of the reply, or an errno. */
function answer(opcode: number, node: Node, body: Buffer): Buffer | number {
  const found = (name: string): Node | undefined => nodes.get(node.entries?.get(name) ?? 0n);
  switch (opcode) {
    case OP.init:
      return pack(['i', 7], ['i', 31], ['i', 0], ['i', 0], ['h', 8], ['h', 6], ['i', 131_072], ['i', 1], ...zeros(9));
    case OP.lookup: {
      const child = found(textOf(body, 0));
      return child === undefined ? ENOENT : entryOf(child);
    }
    case OP.getattr:
    case OP.setattr:
      return attributesReply(node);
    case OP.mkdir:
      return entryOf(make(node, textOf(body, 8), true));
    case OP.create:
      return Buffer.concat([entryOf(make(node, textOf(body, 16), false)), opened()]);
    case OP.unlink:
      return node.entries?.delete(textOf(body, 0)) === true ? Buffer.alloc(0) : ENOENT;
    case OP.open:
    case OP.opendir:
      return opened();
    case OP.read: {
      const offset = Number(body.readBigUInt64LE(8));
      return node.bytes.subarray(offset, offset + body.readUInt32LE(16));
    }
    case OP.readdir:
      return listed(node, Number(body.readBigUInt64LE(8)));
    case OP.write:
      return written(node, body);
    case OP.flush:
    case OP.fsync:
    case OP.release:
    case OP.releasedir:
      return Buffer.alloc(0);
    default:
      return ENOSYS;
  }
}

const WITHOUT_REPLY: readonly number[] = [OP.forget, OP.batchForget, OP.interrupt];
let isHanging = false;
const held: Buffer[] = [];

function take(device: number, request: Buffer): void {
  const opcode = request.readUInt32LE(4);
  if (WITHOUT_REPLY.includes(opcode)) return;
  const node = nodes.get(request.readBigUInt64LE(16)) ?? nodes.get(ROOT);
  if (node === undefined) return;
  const result = answer(opcode, node, request.subarray(40));
  const [error, body] = typeof result === 'number' ? [result, Buffer.alloc(0)] : [0, result];
  const head = Buffer.alloc(16);
  head.writeUInt32LE(16 + body.byteLength, 0);
  head.writeInt32LE(error, 4);
  head.writeBigUInt64LE(request.readBigUInt64LE(8), 8);
  try {
    writeSync(device, Buffer.concat([head, body]));
  } catch {
    // Whoever asked was interrupted meanwhile.
  }
}

async function serve(device: number): Promise<void> {
  const buffer = Buffer.alloc(MOST_BYTES);
  for (;;) {
    const { bytesRead } = await promisify(read)(device, buffer, 0, buffer.byteLength, null);
    const request = Buffer.from(buffer.subarray(0, bytesRead));
    if (isHanging) held.push(request);
    else take(device, request);
  }
}

function mount(point: string): number {
  const device = openSync('/dev/fuse', 'r+');
  const options = `fd=3,rootmode=40000,user_id=${process.getuid?.() ?? 0},group_id=${process.getgid?.() ?? 0}`;
  const { status, stderr } = spawnSync('mount', ['-i', '-t', 'fuse.omnitray', '-o', options, 'test', point], {
    stdio: ['ignore', 'ignore', 'pipe', device],
    encoding: 'utf8',
  });
  if (status === 0) return device;
  closeSync(device);
  throw new Error(`mount: ${stderr}`);
}

try {
  const device = mount(process.argv[2] ?? '');
  process.on('message', (wish) => {
    isHanging = wish === 'hang';
    if (!isHanging) for (const request of held.splice(0)) take(device, request);
    process.send?.(wish);
  });
  process.on('disconnect', () => process.exit());
  // Unmounted: the device says ENODEV.
  if (process.argv[3] !== 'deaf') serve(device).catch(() => process.exit());
  process.send?.('mounted');
} catch (failure) {
  process.send?.(failure instanceof Error ? failure.message : 'FUSE is not there.');
  process.disconnect();
}
