import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  test: {
    include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    exclude: ['tests/e2e/**', 'tests/bench/**'],
    setupFiles: ['tests/setup.ts'],
    // Ends what hangs; a busy machine takes its time.
    testTimeout: 60_000,
    // Reading a thousand modules anew for every file took longer than the tests. What modules keep is what they have read
    // or made before and would make again just so; a test that gives one something else takes it back.
    isolate: false,
  },
});
