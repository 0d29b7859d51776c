import { expect, it, onTestFinished } from 'vitest';
import { servedFile } from '../../../electron/core/app/served-file.ts';
import { makeHome, openCore } from '../../support/test-core.ts';

/** The header of a PNG of that size. Only the header is read before the picture is drawn. */
function pngHead(width: number, height: number): Buffer {
  const head = Buffer.from('89504e470d0a1a0a0000000d49484452000000000000000008060000000000000000000000', 'hex');
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  return head;
}

it('a picture of gigabytes is read only when the page requests its bytes', async () => {
  const home = await makeHome();
  const core = openCore(home);
  onTestFinished(async () => {
    core.close();
    await home.remove();
  });
  const paths = [
    await home.file('huge.png', pngHead(20_000, 20_000)),
    await home.file('photo.png', pngHead(4_000, 3_000)),
  ];
  const { attachments } = await core.draft.add({ paths });
  const [huge, photo] = attachments.map(({ id }) => `omnitray-artifact://draft/${id}`);
  expect(await servedFile(core, photo ?? '')).toMatchObject({ path: paths[1] });
  expect(await servedFile(core, huge ?? '')).toBeNull();
  expect(await servedFile(core, `${huge}?large`)).toMatchObject({ path: paths[0] });
});
