import { configApp, RULES_LIST } from '@adonisjs/eslint-config'
import { vue } from '@adonisjs/eslint-config/vue'
import a11y from 'eslint-plugin-vuejs-accessibility'
import nyx from './bin/lint/index.ts'

const typed = ['{app,bin,commands,config,database,providers,start,tests}/**/*.ts']

/** Those that a forgotten declaration would find by accident are among them. */
const browserGlobals =
  `window document navigator location history localStorage sessionStorage screen
  self parent top origin name length status event open close stop find focus blur scroll
  print alert confirm prompt`.split(/\s+/)

export default configApp(
  { ignores: ['.adonisjs/**', 'public/**', 'storage/**', 'database/schema.ts'] },
  ...vue,
  ...a11y.configs['flat/recommended'],
  { name: 'nyx: scripts', files: ['**/*.{js,mjs}'], rules: RULES_LIST },
  {
    name: 'nyx: everywhere',
    files: ['**/*.{ts,js,mjs,vue}'],
    plugins: { nyx },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      // `npm run lint` runs Prettier itself, once, over everything.
      'prettier/prettier': 'off',
      '@unicorn/no-await-expression-member': 'off',
      // Columns keep their names while they are taken apart; what is taken out to be left out is `_`.
      '@typescript-eslint/naming-convention': [
        'error',
        { selector: 'variable', modifiers: ['destructured'], format: null },
        { selector: 'variable', filter: '^_$', format: null },
        ...RULES_LIST['@typescript-eslint/naming-convention'].slice(1),
      ],
      'no-empty': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'TSAsExpression > TSAsExpression > TSUnknownKeyword',
          message: 'as unknown as hides what the types know: narrow the value instead.',
        },
        {
          selector:
            'AssignmentExpression > MemberExpression.left[property.name=/^(inner|outer)HTML$/]',
          message: 'Markup is put on a page by markdown_text.vue alone.',
        },
      ],
      'nyx/layers': 'error',
      'nyx/no-dropped-verdict': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/no-extra-non-null-assertion': 'error',
      '@typescript-eslint/no-non-null-asserted-optional-chain': 'error',
    },
  },
  {
    name: 'nyx: no SQL as a string',
    files: ['{app,commands,config,providers,start}/**/*.ts'],
    ignores: ['app/services/tenancy/**'],
    rules: { 'nyx/no-raw-sql': 'error' },
  },
  {
    name: 'nyx: the environment is read by start/env',
    files: ['{app,config,providers,inertia,database}/**/*.{ts,vue}'],
    ignores: ['database/provision.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'process',
          property: 'env',
          message: 'Read it in start/env.ts, pass it on by config/.',
        },
      ],
    },
  },
  {
    name: 'nyx: promises are awaited',
    files: typed,
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
    },
  },
  {
    name: 'nyx: tests',
    files: ['tests/**/*.ts'],
    // Hooks and tests of Japa are handed the running test as `test`.
    rules: { '@typescript-eslint/no-shadow': ['error', { allow: ['test'] }] },
  },
  {
    name: 'nyx: what a page says is whatever the test expects of it',
    files: ['tests/support/visitor.ts'],
    rules: { '@typescript-eslint/no-explicit-any': 'off' },
  },
  {
    name: 'nyx: no browser on the server',
    files: ['{app,bin,commands,config,database,providers,start}/**/*.ts', 'inertia/lib/**/*.ts'],
    rules: { 'no-restricted-globals': ['error', ...browserGlobals] },
  },
  {
    name: 'nyx: the interface',
    files: ['inertia/**/*.vue'],
    rules: {
      'vue/no-v-html': 'error',
      // A prop without a default says so with its question mark.
      'vue/require-default-prop': 'off',
    },
  },
  {
    name: 'nyx: the one place that renders markup',
    files: ['inertia/components/discussions/markdown_text.vue'],
    rules: { 'vue/no-v-html': 'off' },
  }
)
