import Fastify from 'fastify'

/** A bare fastify route in a process of its own: answers the JSON of its first argument, and prints its address. */
const answer = JSON.parse(process.argv[2] ?? '{}') as unknown
const server = Fastify()
server.post('/bare', async () => answer)
const url = await server.listen({ host: '127.0.0.1', port: 0 })
process.stdout.write(`${url}/bare\n`)
