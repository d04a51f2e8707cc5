// PostgreSQL with pgvector in this process, on a free loopback port, which is written to the standard output. Ends with the standard input.
import { createServer } from 'node:net'

// Node 18, which Debian 12 has, does not have it yet.
globalThis.CustomEvent ??= class CustomEvent extends Event {
  constructor(type, options) {
    super(type, options)
    this.detail = options?.detail ?? null
  }
}

const { PGlite } = await import('@electric-sql/pglite')
const { vector } = await import('@electric-sql/pglite-pgvector')
const { PGLiteSocketServer } = await import('@electric-sql/pglite-socket')

const freePort = () => new Promise((resolve, reject) => {
  const probe = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
    const { port } = probe.address()
    probe.close(() => resolve(port))
  })
})

const db = await PGlite.create({ extensions: { vector } })
await db.exec('create extension if not exists vector')
const port = await freePort()
await new PGLiteSocketServer({ db, port, host: '127.0.0.1', maxConnections: 32 }).start()
console.log(`listening on ${port}`)
process.stdin.resume().on('end', () => process.exit(0))
