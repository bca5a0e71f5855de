/** One law of the house: files like `from` never import anything like `to`. */
export type Law = {
  from: RegExp
  to: RegExp | ((from: RegExpExecArray) => RegExp)
  says: string
}

const delivery = 'app/(controllers|middleware|transformers|validators|policies)/'
const http = 'npm:@adonisjs/(core/(types/)?http|inertia|bouncer)(/|$)'

/** Paths are below the root and without extension, packages are `npm:<name>`. */
export const laws: Law[] = [
  {
    from: /^app\/(services|models|jobs|mails)\/|^commands\//,
    to: new RegExp(`^(${delivery}|${http})`),
    says: 'What serves every caller knows no request: pass plain values or models in, and answer with them.',
  },
  {
    from: /^app\/services\//,
    to: /^(providers|commands)\/|^app\/jobs\//,
    says: 'Dependencies point down. A service describes the jobs it sends in its own jobs.ts.',
  },
  {
    from: /^app\/models\//,
    to: /^app\/(services|jobs|mails)\/|^(providers|commands)\//,
    says: 'Models stand at the bottom: a service calls them, never the other way round.',
  },
  {
    from: /^app\/jobs\//,
    to: /^app\/(models|mails)\//,
    says: 'A job makes one call into a service, which knows the models.',
  },
  {
    from: /^commands\//,
    to: /^app\/(models|jobs|mails)\//,
    says: 'A command calls services.',
  },
  {
    from: /^app\/(controllers|policies|validators|transformers|exceptions|middleware)\//,
    to: /^app\/jobs\//,
    says: 'Only workers know what is done with a job.',
  },
  {
    from: /^app\/(controllers|transformers)\//,
    to: /^app\/middleware\/|^npm:@adonisjs\/lucid\/services\/db$/,
    says: 'Queries belong to services, and what every request needs to middleware, which routes choose.',
  },
  {
    from: /^(?!start\/|tests\/|app\/controllers\/)/,
    to: /^(app\/controllers\/|\.adonisjs\/server\/controllers$)/,
    says: 'Only routes know controllers.',
  },
  {
    from: /^(app|config|providers|commands|database)\//,
    to: /^start\/(?!env$)/,
    says: 'Nothing below start/ knows start/.',
  },
  {
    from: /^(?!(config|start|bin|tests|commands)\/|database\/provision\.)/,
    to: /^start\/env$/,
    says: 'Only config/ reads the environment: import its value from there.',
  },
  {
    from: /^app\/(?!models\/)/,
    to: /^database\//,
    says: 'Only models extend the generated schema; the rest of database/ is for migrations and seeds.',
  },
  {
    from: /^app\/services\/(\w+)\//,
    to: ([, folder]) => new RegExp(`^app/services/(?!${folder}/)\\w+/(?!index$)`),
    says: 'A service reaches another only through its front door, index.ts.',
  },
  {
    from: /^(?!(app\/services|config|providers|tests|database)\/)/,
    to: /^app\/services\/\w+\/(?!index$)/,
    says: 'A service is reached only through its front door, index.ts. Adapters are bound by providers.',
  },
  {
    from: /^database\//,
    to: /^app\/services\/(?!queue\/(job|pg_boss_ddl)$)\w+\/(?!index$)/,
    says: 'A service is reached only through its front door, index.ts. Migrations may ask the queue for its tables.',
  },
  {
    from: /^app\/services\/(discussions|workflows)\//,
    to: ([, folder]) =>
      new RegExp(`^app/services/${folder === 'workflows' ? 'discussions' : 'workflows'}/`),
    says: 'Discussions and workflows never know each other.',
  },
  {
    from: /^(?!app\/services\/queue\/)/,
    to: /^npm:pg-boss(\/|$)/,
    says: 'pg-boss stands behind #services/queue/index.',
  },
  {
    from: /^(?!app\/services\/llm\/)/,
    to: /^npm:(@anthropic-ai|openai|@google\/genai|ollama)(\/|$)/,
    says: 'Vendors stand behind #services/llm/index.',
  },
  {
    from: /^inertia\//,
    to: /^(app|start|config|providers|commands|database|tests|bin|\.adonisjs\/server)\/|^npm:(node:|@adonisjs\/(?!inertia(\/|$)))/,
    says: 'The interface sees the server only through @generated/.',
  },
  {
    from: /^inertia\/lib\//,
    to: /^inertia\/(?!lib\/)|^\.adonisjs\/|^npm:(vue|@vue|@inertiajs|@adonisjs|@lucide|reka-ui)(\/|$)/,
    says: 'inertia/lib is pure: the server imports it too.',
  },
  {
    from: /^(app|start|config|providers|commands|database|tests)\//,
    to: /^inertia\/(?!lib\/)/,
    says: 'The server imports nothing of the interface but #inertia/lib/.',
  },
]

/** The first law that an import breaks. Paths as in the laws. */
export function brokenLaw(file: string, target: string): Law | undefined {
  return laws.find((law) => {
    const from = law.from.exec(file)
    if (!from) return false
    return (typeof law.to === 'function' ? law.to(from) : law.to).test(target)
  })
}
