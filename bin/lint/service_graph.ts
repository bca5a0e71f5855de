import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { importedPath, root } from './paths.ts'

/** Which service folder imports which, types and lazy imports included. */
export type ServiceGraph = Map<string, Set<string>>

export function readServiceGraph(): ServiceGraph {
  const files = globSync('app/services/**/*.ts', { cwd: root })
  return serviceGraph(files.map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') })))
}

/** @param sources project paths and contents */
export function serviceGraph(sources: { file: string; text: string }[]): ServiceGraph {
  const graph: ServiceGraph = new Map()
  for (const { file, text } of sources) {
    const from = folderOf(file)
    const imported = ts.preProcessFile(text, true, true).importedFiles
    const targets = imported.map(({ fileName }) => folderOf(importedPath(file, fileName)))
    for (const to of targets) {
      if (from && to && from !== to) graph.set(from, (graph.get(from) ?? new Set()).add(to))
    }
  }
  return graph
}

/** One way round, such as `['audit', 'tenancy', 'audit']`, or null. */
export function findCycle(graph: ServiceGraph): string[] | null {
  const done = new Set<string>()

  function walk(folder: string, path: string[]): string[] | null {
    if (path.includes(folder)) return [...path.slice(path.indexOf(folder)), folder]
    if (done.has(folder)) return null
    for (const next of graph.get(folder) ?? []) {
      const cycle = walk(next, [...path, folder])
      if (cycle) return cycle
    }
    done.add(folder)
    return null
  }

  for (const folder of graph.keys()) {
    const cycle = walk(folder, [])
    if (cycle) return cycle
  }
  return null
}

function folderOf(path: string) {
  return /^app\/services\/(\w+)\//.exec(path)?.[1]
}
