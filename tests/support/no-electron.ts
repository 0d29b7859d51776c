throw new Error('This code must run without Electron: import it only in shell/, main.ts and preload.ts.');
