import type { StartedView } from '../../../contract/views.ts';
import type { Area, HandlerPorts } from './ports.ts';
import { startTable } from '../start-runs.ts';
import { OnceAtATime, startedView, undoableMs } from './starting.ts';

/** A table in the draft: its cells, its match to the form, and its start. */
export function tableHandlers({ core, desktop, owner }: HandlerPorts): Area<'table'> {
  const { tables, draft } = core;
  const starts = new OnceAtATime<StartedView>();
  return {
    'table:open': ({ attachmentId }) => tables.open(attachmentId),
    'table:pick': async () => {
      const [path] = await desktop.pickFiles();
      return path === undefined ? draft.view() : tables.openFile(path);
    },
    'table:read': () => tables.cells(),
    'table:check': () => tables.check(),
    'table:look-again': () => tables.check(true),
    'table:match': ({ column, field }) => tables.match(column, field),
    'table:cell': ({ row, column, text }) => tables.setCell(row, column, text),
    'table:names': ({ first }) => tables.setNames(first),
    'table:allow-outside': ({ allowed }) => tables.allowOutside(allowed),
    'table:close': () => tables.close(),
    'table:start': ({ withoutBadRows }) =>
      starts.run('', async () =>
        startedView(core, await startTable(core, { owner, heldForMs: undoableMs(core), withoutBadRows })),
      ),
  };
}
