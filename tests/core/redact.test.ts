import { describe, expect, it } from 'vitest'
import { Redactor, redactionMark } from '../../src/core/redact.ts'

const secret = 'p@ss/wörd+"7!a1b2'

function redactorFor(value: string): Redactor {
  const redactor = new Redactor({})
  redactor.add(value)
  return redactor
}

describe('Redactor', () => {
  it.each([
    ['as it is', secret],
    ['JSON-escaped', JSON.stringify({ echoed: secret })],
    ['JSON-escaped in ASCII', JSON.stringify(secret).replace('ö', '\\u00f6')],
    ['JSON inside JSON', JSON.stringify(JSON.stringify(secret))],
    ['percent-encoded', encodeURIComponent(secret)],
    ['percent-encoded in lower case', encodeURIComponent(secret).replace(/%../g, (part) => part.toLowerCase())],
    ['base64', Buffer.from(secret).toString('base64')],
    ['base64url', Buffer.from(secret).toString('base64url')],
    ['base64 of user and password, one byte before', Buffer.from(`:${secret}`).toString('base64')],
    ['base64 of user and password, two bytes before', Buffer.from(`u:${secret}`).toString('base64')],
    ['base64 of user and password, with a tail', Buffer.from(`user:${secret}:tail`).toString('base64')],
  ])('takes a used key out of replies: %s', (_form, text) => {
    const clean = redactorFor(secret).reply(`before ${text} after`)
    expect(clean).toContain(redactionMark)
    expect(clean).not.toContain(text)
    expect(clean.startsWith('before ')).toBe(true)
    expect(clean.endsWith(' after')).toBe(true)
  })

  it('takes out values of variables that are named like secrets', () => {
    const redactor = new Redactor({
      MY_SERVICE_TOKEN: 'abc123def456ghi',
      HOME: '/home/someone',
      Db_Password: 'hunter22',
    })
    expect(redactor.message('abc123def456ghi hunter22 /home/someone')).toBe('[redacted] [redacted] /home/someone')
  })

  it('leaves words alone in replies when a variable holds a mere word', () => {
    const redactor = new Redactor({ DB_PASSWORD: 'password' })
    expect(redactor.reply('Choose a strong password.')).toBe('Choose a strong password.')
    expect(redactor.message('the password is password')).not.toContain('password is')
  })

  it('leaves ordinary text alone when the key of a local server is a placeholder', () => {
    const redactor = redactorFor('EMPTY')
    expect(redactor.reply('The EMPTY box')).toBe('The EMPTY box')
    expect(redactorFor('x').message('x marks the spot')).toBe('x marks the spot')
  })

  it('takes credential shapes out of messages, but not out of replies that are scored', () => {
    const redactor = new Redactor({})
    const text = 'Authorization: Bearer abcdef123456 and sk-proj-99887766 at http://me:pw12@host/'
    expect(redactor.message(text)).toBe('Authorization: Bearer [redacted] and [redacted] at http://[redacted]@host/')
    expect(redactor.reply(text)).toBe(text)
  })

  it('takes out the masked form in which servers echo a wrong key', () => {
    expect(new Redactor({}).message('Incorrect API key provided: sk-abcd****wxyz.')).not.toContain('abcd')
  })

  it('leaves nothing of a longer key that begins with a shorter one', () => {
    const redactor = redactorFor('key-12345678')
    redactor.add('key-12345678-and-more')
    expect(redactor.reply('key-12345678-and-more key-12345678')).toBe('[redacted] [redacted]')
  })

  it('stays fast on a megabyte without secrets', () => {
    const redactor = redactorFor('key-12345678')
    const text = 'Bearer '.repeat(50_000) + 'sk-'.repeat(100_000) + '//a:'.repeat(80_000)
    const start = process.cpuUsage().user
    redactor.message(text)
    expect(process.cpuUsage().user - start).toBeLessThan(2_000_000)
  })
})
