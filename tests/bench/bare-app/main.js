/** The least there can be of a window: one page of its own scheme with one field, and nothing behind it. */
import { app, BrowserWindow, protocol } from 'electron';

const PAGE = '<!doctype html><html lang="en"><title>Bare</title><input aria-label="Field" /></html>';

protocol.registerSchemesAsPrivileged([{ scheme: 'bare', privileges: { standard: true, secure: true } }]);
app.setPath('userData', process.env.OMNITRAY_HOME);

void app.whenReady().then(() => {
  protocol.handle('bare', () => new Response(PAGE, { headers: { 'content-type': 'text/html; charset=utf-8' } }));
  const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true, contextIsolation: true } });
  window.webContents.once('did-finish-load', () => window.show());
  void window.loadURL('bare://app/index.html');
});
