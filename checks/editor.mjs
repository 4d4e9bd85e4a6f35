// The schema files in an editor: the YAML language server over the schemas of the language, with the settings that
// `.vscode/settings.json` gives for this repository and with the line that the README gives for other files.
import { spawn } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = resolve(fileURLToPath(import.meta.url), '../..')
const settings = JSON.parse(readFileSync(join(root, '.vscode/settings.json'), 'utf8'))
const failures = []
const check = (holds, what) => holds || failures.push(what)

const server = spawn(process.execPath, [join(root, 'checks/node_modules/yaml-language-server/bin/yaml-language-server'), '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] })
const answers = new Map()
const diagnosed = new Map()
let pending = Buffer.alloc(0)
let lastId = 0

server.stdout.on('data', chunk => {
  pending = Buffer.concat([pending, chunk])
  for (;;) {
    const head = pending.indexOf('\r\n\r\n')
    if (head < 0) return
    const length = Number(/Content-Length: (\d+)/.exec(pending.subarray(0, head))[1])
    if (pending.length < head + 4 + length) return
    receive(JSON.parse(pending.subarray(head + 4, head + 4 + length)))
    pending = pending.subarray(head + 4 + length)
  }
})

function receive(message) {
  if (message.method === 'textDocument/publishDiagnostics') {
    diagnosed.get(message.params.uri)?.(message.params.diagnostics)
  } else if (message.method === 'workspace/configuration') {
    const values = message.params.items.map(item => (item.section === 'yaml' ? yamlSettings() : null))
    send({ id: message.id, result: values })
  } else if (message.method && message.id !== undefined) {
    send({ id: message.id, result: null })
  } else if (message.id !== undefined) {
    answers.get(message.id)?.(message.result)
  }
}

function send(message) {
  const text = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }))
  server.stdin.write(`Content-Length: ${text.length}\r\n\r\n`)
  server.stdin.write(text)
}

const request = (method, params) =>
  new Promise(done => {
    answers.set(++lastId, done)
    send({ id: lastId, method, params })
  })

// What an editor makes of the settings: paths of schemas are relative to the folder that is open.
function yamlSettings() {
  const schemas = Object.entries(settings['yaml.schemas'])
  return {
    validate: true,
    hover: true,
    completion: true,
    schemaStore: { enable: false },
    schemas: Object.fromEntries(schemas.map(([path, files]) => [pathToFileURL(join(root, path)).href, files])),
  }
}

// Opens a text as a file and waits for what the server says of it.
function open(path, text) {
  const uri = pathToFileURL(join(root, path)).href
  return new Promise(done => {
    diagnosed.set(uri, found => done({ uri, found }))
    send({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'yaml', version: 1, text } } })
  })
}

function filesBelow(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .filter(name => /\.yaml$/.test(name))
    .map(name => relative(root, join(root, folder, name)))
}

// The place after some text, as the protocol counts.
function after(text, piece) {
  const lines = text.slice(0, text.indexOf(piece) + piece.length).split('\n')
  return { line: lines.length - 1, character: lines.at(-1).length }
}

async function labels(uri, position) {
  const result = await request('textDocument/completion', { textDocument: { uri }, position })
  return (result.items ?? result).map(item => item.label)
}

setTimeout(() => {
  console.error('the YAML language server did not answer within 60 s')
  process.exit(1)
}, 60_000).unref()

const rootUri = pathToFileURL(root).href
await request('initialize', {
  processId: process.pid,
  rootUri,
  workspaceFolders: [{ uri: rootUri, name: 'root' }],
  capabilities: { workspace: { configuration: true }, textDocument: { completion: {}, hover: {}, publishDiagnostics: {} } },
})
send({ method: 'initialized', params: {} })
send({ method: 'workspace/didChangeConfiguration', params: { settings: { yaml: yamlSettings() } } })

const files = [...filesBelow('schema'), ...filesBelow('examples/own-schema/schema'), 'examples/own-overlay/overlay.yaml']
for (const path of files) {
  const { found } = await open(path, readFileSync(join(root, path), 'utf8'))
  check(found.length === 0, `${path}: ${JSON.stringify(found[0])}`)
}
check(files.length > 20, `only ${files.length} files were opened`)

// A file of somebody else, with the README's line.
const line = '# yaml-language-server: $schema=../schema/hook-schema.json\n'
check(readFileSync(join(root, 'README.md'), 'utf8').includes('# yaml-language-server: $schema='), 'the README lacks the line')
const text = `${line}hooks:\n  openDoor:\n    type: \n    deny: {effect: forbids, doc: It stays shut.}\n    sumary: Somebody wants in.\n    \n`
const { uri, found } = await open('elsewhere/doors.yaml', text)
check(found.some(finding => /sumary/.test(finding.message)), `a misspelt key was not told: ${JSON.stringify(found)}`)
const types = await labels(uri, after(text, 'type: '))
check(['connect', 'direct', 'event', 'incoming'].every(word => types.includes(word)), `types of hooks: ${types}`)
const keys = await labels(uri, after(text, 'Somebody wants in.\n    '))
check(['group', 'parameters', 'summary', 'examples'].every(word => keys.includes(word)), `keys of a hook: ${keys}`)
const hover = await request('textDocument/hover', { textDocument: { uri }, position: after(text, '    den') })
const shown = JSON.stringify(hover?.contents ?? '')
check(shown.length > 60, `hovering over deny shows ${shown}`)

server.kill()
if (failures.length > 0) {
  console.error(failures.join('\n'))
  process.exit(1)
}
console.log(`${files.length} files without a finding; completion of ${keys.length} keys; hover: ${shown.slice(0, 200)}`)
process.exit(0)
