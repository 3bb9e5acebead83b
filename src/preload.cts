/** The slit between the page and the program: it passes one message port through and adds nothing to the page. */
const { ipcRenderer } = require('electron') as typeof import('electron');

ipcRenderer.once('kith-port', (event) => {
  // The page is its own origin; nobody else shares its window.
  window.postMessage('kith-port', window.origin, event.ports as never);
});

declare const window: {
  readonly origin: string;
  postMessage(message: string, origin: string, ports: never): void;
};
