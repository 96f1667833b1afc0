import eslint from '@eslint/js';
import astro from 'eslint-plugin-astro';
import tseslint from 'typescript-eslint';
import { arrows } from './scripts/eslint-arrows.mjs';

export default tseslint.config(
  { ignores: ['dist', 'node_modules', '.astro', 'src/kubernetes/api/generated', 'test-results', 'playwright-report'] },
  eslint.configs.recommended,
  ...tseslint.configs.strict,
  ...astro.configs.recommended,
  {
    plugins: { portbound: { rules: { arrows } } },
    rules: {
      'portbound/arrows': 'error',
      // A command is a generator because some commands take time; most take none.
      'require-yield': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    // The engine is pure: the same world, seed and actions give the same bytes on every machine.
    files: ['src/{kubernetes,manifest,kubectl,shell,checker,assist}/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...[
          'Date',
          'window',
          'document',
          'fetch',
          'process',
          'setTimeout',
          'setInterval',
          'performance',
          'crypto',
          'navigator',
          'localStorage',
        ].map((name) => ({ name, message: 'The engine is pure: use the virtual clock and seeded streams.' })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Draw from a seeded stream (src/kubernetes/clock/random.ts).' },
      ],
      'no-restricted-imports': ['error', { patterns: [{ group: ['node:*'], message: 'The engine does no I/O.' }] }],
    },
  },
  {
    files: ['scripts/**', '*.mjs', '*.js', 'public/**', 'src/**/*.js'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        performance: 'readonly',
        URL: 'readonly',
        self: 'readonly',
        caches: 'readonly',
        navigator: 'readonly',
        location: 'readonly',
        addEventListener: 'readonly',
        fetch: 'readonly',
        Response: 'readonly',
        Request: 'readonly',
        document: 'readonly',
        window: 'readonly',
        localStorage: 'readonly',
        matchMedia: 'readonly',
        setTimeout: 'readonly',
        Buffer: 'readonly',
      },
    },
  },
);
