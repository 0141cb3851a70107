import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'

/** What is known of a connection that node was handed a second time. */
export type TakenOver = { readonly method: string; readonly remoteAddress: string }

/** A request line with a method that is a word; node's parser has a list of its own. */
const REQUEST_LINE = /^([A-Za-z][\w-]{0,31}) [^\r\n]* HTTP\/1\.[01]\r?\n/

/**
 * Lets the server take every word for a method, as Odoo does. Node refuses those that it does not know; their request is
 * handed to it again as a POST, with the word kept beside the connection. Answers where to look it up. Whatever else node
 * cannot read is refused as it would do itself.
 */
export function takeUnknownMethods(server: Server): WeakMap<Duplex, TakenOver> {
  const taken = new WeakMap<Duplex, TakenOver>()
  server.on('clientError', (error: NodeJS.ErrnoException & { rawPacket?: Buffer }, socket: Socket) => {
    const packet = error.rawPacket ?? Buffer.alloc(0)
    const method = REQUEST_LINE.exec(packet.toString('latin1'))?.[1]
    if (error.code !== 'HPE_INVALID_METHOD' || method === undefined || taken.has(socket)) {
      refuse(socket, error.code)
      return
    }
    for (const event of ['data', 'end', 'error', 'drain', 'timeout', 'close']) socket.removeAllListeners(event)
    const connection = again(socket, Buffer.concat([Buffer.from('POST'), packet.subarray(method.length)]))
    taken.set(connection, { method: method.toUpperCase(), remoteAddress: socket.remoteAddress ?? '' })
    server.emit('connection', connection)
  })
  return taken
}

function refuse(socket: Socket, code: string | undefined): void {
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const status = code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request'
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`)
}

/** The connection with a packet in front of what is still to come. */
function again(socket: Socket, packet: Buffer): Duplex {
  const connection = new Duplex({
    read: () => void socket.resume(),
    write: (chunk, encoding, done) => void socket.write(chunk, encoding, done),
    final: (done) => void socket.end(done),
    destroy: (error, done) => {
      socket.destroy()
      done(error)
    },
  })
  connection.push(packet)
  socket.on('data', (chunk: Buffer) => {
    if (!connection.push(chunk)) socket.pause()
  })
  socket.on('end', () => connection.push(null))
  socket.on('error', (error) => connection.destroy(error))
  socket.on('close', () => connection.destroy())
  return connection
}
