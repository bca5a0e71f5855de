import { join } from 'node:path'
import { ESLint } from 'eslint'
import { root } from '../../../bin/lint/paths.ts'

/** The project's own configuration, but for the rules that need every type of the project: those take seconds. */
const eslint = new ESLint({
  cwd: root,
  overrideConfig: {
    languageOptions: { parserOptions: { projectService: false } },
    rules: {
      '@typescript-eslint/await-thenable': 'off',
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/no-misused-promises': 'off',
    },
  },
})

/**
 * What the linter would say about a file.
 *
 * @param file project path, need not exist
 * @returns the rules it breaks, such as `['nyx/layers']`
 */
export async function rulesBroken(file: string, text: string): Promise<string[]> {
  const [{ messages }] = await eslint.lintText(text, { filePath: join(root, file) })
  return messages.map(({ ruleId, message }) => ruleId ?? message)
}

/** Whether a rule is an error in a file, as the configuration stands. */
export async function isError(file: string, rule: string): Promise<boolean> {
  const config = (await new ESLint({ cwd: root }).calculateConfigForFile(join(root, file))) as {
    rules: Record<string, [number] | undefined>
  }
  return config.rules[rule]?.[0] === 2
}
