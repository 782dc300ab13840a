import { createServer, type Socket } from 'node:net'

/**
 * A mail server that only counts, as its own process, because `MailSink` parses each mail, which would distort the
 * figures. Sends its port to its parent, then the count after each message from it.
 */
let count = 0
const READY = '220 sink ESMTP\r\n'
const REPLIES: Record<string, string> = {
  EHLO: '250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n',
  DATA: '354 go on\r\n',
  QUIT: '221 bye\r\n',
}
const END = '\r\n.\r\n'

function converse(socket: Socket): void {
  let [buffered, inBody] = ['', false]
  socket.setNoDelay(true)
  socket.write(READY)
  socket.on('error', () => {}) // a closed connection is no error here
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    buffered += chunk
    let answers = ''
    for (;;) {
      const end = buffered.indexOf(inBody ? END : '\r\n')
      if (end < 0) break
      const verb = inBody ? '' : buffered.slice(0, 4).toUpperCase()
      buffered = buffered.slice(end + (inBody ? END.length : 2))
      if (inBody) count++
      inBody = verb === 'DATA'
      answers += REPLIES[verb] ?? '250 fine\r\n'
    }
    if (answers) socket.write(answers)
    if (answers.includes(REPLIES.QUIT ?? '')) socket.end()
  })
}

const server = createServer(converse).listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.(typeof address === 'object' ? address?.port : undefined)
})
process.on('message', () => process.send?.(count))
process.on('disconnect', () => process.exit())
