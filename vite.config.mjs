/** The renderer, built to dist/renderer: hashed files, no inline script, so a strict policy holds. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { catalogsPlugin } from './scripts/lib/catalogs.mjs';

export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react(), catalogsPlugin()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    // Read from the disk beside it.
    chunkSizeWarningLimit: 800,
    modulePreload: { polyfill: false },
  },
});
