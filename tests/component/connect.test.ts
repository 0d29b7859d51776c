import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { openApp } from './support/open.ts';
import { aConnection, DAY, noConnection } from './support/samples.ts';
import { failure } from './support/scripted-bridge.ts';

const onFirstStart = () => openApp({ connection: noConnection, route: { view: 'connect' } });
const server = () => page.getByLabelText('Server');
const token = () => page.getByLabelText('Token', { exact: true });
const connect = () => page.getByRole('button', { name: 'Connect', exact: true });

/** A paste as the keyboard makes it; the text on the clipboard is what must not get into the page. */
function pasteInto(element: Element, text: string): void {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
}

describe('connecting for the first time', () => {
  it('begins at the address and shows which server answers', async () => {
    onFirstStart();
    await expect.element(server()).toHaveFocus();
    await userEvent.keyboard('127.0.0.1:1688');
    await expect.element(page.getByText('Omnitool 1.0.4')).toBeVisible();
  });

  it('says in words why an address does not work', async () => {
    const bridge = onFirstStart();
    bridge.script('connection:probe', () => failure('not-omnitool', '127.0.0.1:80'));
    await server().fill('127.0.0.1:80');
    await expect.element(page.getByText('127.0.0.1:80 answers, but it is not Omnitool.')).toBeVisible();
    await expect.element(server()).toHaveAttribute('aria-invalid', 'true');
  });

  it('keeps a pasted token out of the page, and connects with it', async () => {
    const bridge = onFirstStart();
    bridge.script('connection:inspect-token', () => ({
      ok: true,
      value: { issuedAt: null, expiresAt: Date.now() + 30 * DAY, expired: false, mayRun: 'every-recipe' },
    }));
    await server().fill('127.0.0.1:1688');
    pasteInto(token().element(), 'eyJhbGciOiJIUzI1NiJ9.secret');
    await expect.element(page.getByText('Token from the clipboard')).toBeVisible();
    await expect.element(page.getByText(/^Valid until .*, 30 days\. May run every recipe\.$/)).toBeVisible();
    expect(document.documentElement.outerHTML).not.toContain('secret');

    await expect.element(connect()).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('button', { name: 'Launch' })).toHaveAttribute('aria-current', 'page');
    expect(bridge.requests('connection:connect')).toEqual([
      { address: '127.0.0.1:1688', token: { from: 'clipboard' }, keep: 'keychain', allowInsecure: false },
    ]);
  });

  it('gives the field back when the clipboard held no token', async () => {
    const bridge = onFirstStart();
    bridge.script('connection:inspect-token', () => failure('token-malformed'));
    await expect.element(token()).toBeVisible();
    pasteInto(token().element(), 'a shopping list');
    await expect.element(page.getByText('This is not a whole token.')).toBeVisible();
    await expect.element(token()).toHaveValue('');
    await expect.element(token()).toHaveFocus();
  });

  it('offers the session where there is no keychain', async () => {
    const bridge = onFirstStart();
    bridge.script('connection:connect', ({ keep }) =>
      keep === 'keychain' ? failure('keychain-absent') : { ok: true, value: aConnection() },
    );
    await server().fill('127.0.0.1:1688');
    await token().fill('eyJ.typed.token');
    await userEvent.keyboard('{Enter}');
    await page.getByRole('button', { name: 'Keep for this session only' }).click();
    await expect.element(page.getByText('Connected to Home server').first()).toBeInTheDocument();
    expect(bridge.requests('connection:connect').map(({ keep }) => keep)).toEqual(['keychain', 'session']);
  });

  it('asks before a token goes over the network in the clear, for that address only', async () => {
    const bridge = onFirstStart();
    bridge.script('connection:connect', ({ allowInsecure }) =>
      allowInsecure ? failure('token-refused') : failure('insecure-address', 'omni.lan'),
    );
    await server().fill('http://omni.lan');
    await token().fill('eyJ.typed.token');
    await connect().click();
    await page.getByRole('button', { name: 'Connect anyway' }).click();
    await expect.element(page.getByText('The server does not accept this token.')).toBeVisible();
    await server().fill('http://other.lan');
    await connect().click();
    await expect.element(page.getByRole('button', { name: 'Connect anyway' })).toBeVisible();
  });

  it('says what is missing instead of asking the server', async () => {
    const bridge = onFirstStart();
    await connect().click();
    await expect.element(page.getByText('This is not a server address.')).toBeVisible();
    await server().fill('127.0.0.1:1688');
    await connect().click();
    await expect.element(page.getByText('There is no token yet.')).toBeVisible();
    expect(bridge.requests('connection:connect')).toEqual([]);
  });
});
